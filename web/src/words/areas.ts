/** Areas: the figures of a day's people, added up by the area that each belongs to. */
import type { DaySummary } from '../api';

export interface AreaFigures {
  name: string | null;
  people: number;
  scans: number;
  linked: number;
  refused: number;
}

/** The busiest first. */
export function byArea(people: DaySummary['people']): AreaFigures[] {
  const areas = new Map<string | null, AreaFigures>();
  for (const { area, scans, linked, refused } of people) {
    const sum = areas.get(area) ?? { name: area, people: 0, scans: 0, linked: 0, refused: 0 };
    sum.people += 1;
    sum.scans += scans;
    sum.linked += linked;
    sum.refused += refused;
    areas.set(area, sum);
  }
  return [...areas.values()].sort((a, b) => b.scans - a.scans);
}
