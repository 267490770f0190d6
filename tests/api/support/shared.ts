/**
 * The one server that all areas of the contract are tested at; each has organisations of its own.
 *
 * It stands behind one proxy, so that each client can have an address of its own: signing in is
 * counted by address, and that count can't be switched off.
 */
import { Server } from './server';

/** Mail is on, so that what asks for it can be asked; nobody takes it. */
const mail = {
  smtp_url: 'smtp://127.0.0.1:9',
  from_email: 'tracetrack@example.org',
  base_url: 'https://bags.example.org',
};

let running: Promise<Server> | undefined;

export function sharedServer(): Promise<Server> {
  running ??= Server.start({ settings: { rate_limits: 'off', proxies: '1', log_level: 'debug', ...mail } });
  return running;
}

/** Throws when it was not well to the end. */
export async function stopSharedServer(): Promise<void> {
  const server = await running;
  running = undefined;
  await server?.stop();
}
