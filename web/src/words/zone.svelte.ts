/** Zone: the organisation's time zone, in which all times are told. */
export const zone: { name: string } = $state({ name: 'Asia/Kolkata' });
