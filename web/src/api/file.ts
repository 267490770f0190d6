/** File: an answer that is to be kept as a file, under the name that the server gives it. */
import { isJson, type Asker, type Method, type Path } from './ask';
import { Unreachable } from './problem';

export interface NamedFile {
  name: string;
  blob: Blob;
}

/** Throws as Asker.ask() does: ApiProblem for a refusal, Unreachable for anything that is not ours. */
export async function fileOf<M extends Method>(
  api: Asker,
  method: M,
  path: Path<M>,
  body?: unknown,
): Promise<NamedFile> {
  const answer = await reach(() => api.send(method, path, body, {}));
  if (!answer.ok) {
    const text = await reach(() => answer.text());
    api.refuse({
      status: answer.status,
      body: isJson(answer.headers) ? (JSON.parse(text) as unknown) : text,
      headers: answer.headers,
    });
  }
  const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1];
  if (name === undefined) throw new Unreachable('the answer is no file of ours');
  return { name, blob: await reach(() => answer.blob()) };
}

async function reach<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new Unreachable(error instanceof Error ? error.message : String(error));
  }
}
