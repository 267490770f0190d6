/** Wire: how waiting scans travel. One goes alone, several go as a batch. */
import { ApiProblem, type Api, type ScanRequest } from '../api';
import { fromBatch, fromError, outcome } from './policy';
import type { Answer, Scan, Send } from './scan';

export function wire(api: Api): Send {
  return async (scans) => {
    try {
      return await attempt(api, scans);
    } catch (error) {
      return fromError(scans, error);
    }
  };
}

async function attempt(api: Api, scans: readonly Scan[]): Promise<Answer> {
  const send = () => (scans.length > 1 ? sendBatch(api, scans) : sendOne(api, scans[0]));
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 403) throw error;
    // Signed in again in another tab: the old token is void. Never send one person's scans as another's.
    const { user } = await api.session.get();
    return String(user.id) === scans[0]?.user ? send() : { kind: 'signed_out' };
  }
}

async function sendOne(api: Api, scan: Scan | undefined): Promise<Answer> {
  if (scan === undefined) return { kind: 'verdicts', of: new Map() };
  return { kind: 'verdicts', of: new Map([[scan.id, outcome(await ways[scan.kind](api, scan))]]) };
}

/** How a scan goes alone. */
const ways = {
  pack: (api: Api, scan: Scan) => api.scans.add(request(scan)),
  bill: (api: Api, { id, into, code, create }: Scan) =>
    api.bills.addBag(into, { id, qr: code, ...(create === true && { create: true }) }),
  return: (api: Api, { id, into, code }: Scan) => api.returns.addBag(into, { id, qr: code }),
} satisfies Record<Scan['kind'], unknown>;

async function sendBatch(api: Api, scans: readonly Scan[]): Promise<Answer> {
  return fromBatch(scans, await api.scans.batch(scans.map(request)));
}

function request(scan: Scan): ScanRequest {
  return { id: scan.id, parent: scan.into, child: scan.code, at: scan.at };
}
