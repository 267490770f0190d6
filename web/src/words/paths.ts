/** Paths: where the screen of a thing is. */
export const bagPath = (qr: string) => `/bag/${encodeURIComponent(qr)}`;
export const billPath = (code: string) => `/bill/${encodeURIComponent(code)}`;
export const returnPath = (code: string) => `/return/${encodeURIComponent(code)}`;
export const importPath = (id: number) => `/import/${id}`;
export const userPath = (id: number) => `/user/${id}`;
export const scanPath = (qr: string) => `/scan/${encodeURIComponent(qr)}`;
