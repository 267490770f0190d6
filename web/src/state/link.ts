/** Link: the token of a one-time link. It stands behind the # so that no log on the way ever sees it. */
export const linkToken = (): string => new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
