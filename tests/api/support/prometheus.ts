/**
 * A strict reader of Prometheus's text format (version 0.0.4): what it does not like, it throws at.
 *
 * Stricter than Prometheus itself: each series needs HELP and TYPE, in this order and once, stands in one
 * piece, and no sample comes twice. The buckets of a histogram must grow, and end in +Inf with its count.
 */

export interface Sample {
  name: string; // with _bucket, _sum or _count, where it is a histogram's
  labels: Record<string, string>;
  value: number;
}

export interface Series {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  samples: Sample[];
}

const name = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const label = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const helpLine = new RegExp(`^# HELP (${name}) (\\S.*)$`);
const typeLine = new RegExp(`^# TYPE (${name}) (counter|gauge|histogram)$`);
const sampleLine = new RegExp(`^(${name})(?:\\{(${label}(?:,${label})*)\\})? (-?\\d+(?:\\.\\d+)?)$`);

function fail(line: string, why: string): never {
  throw new Error(`${why}: ${JSON.stringify(line)}`);
}

function readLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [, key = '', value = ''] of text.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g)) {
    if (key in labels) fail(line, 'a label comes twice');
    labels[key] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
  }
  return labels;
}

function readSample(line: string): Sample {
  const found = sampleLine.exec(line);
  if (found === null) fail(line, 'not a sample');
  return { name: found[1] ?? '', labels: readLabels(found[2] ?? '', line), value: Number(found[3]) };
}

/** Equal for the samples of one histogram: its labels but for the bound. */
const keyOf = (labels: Record<string, string>) =>
  JSON.stringify(
    Object.entries(labels)
      .filter(([key]) => key !== 'le')
      .sort(),
  );

function checkHistogram(series: Series): void {
  const parts = new Map<string, Sample[]>();
  for (const sample of series.samples) {
    const key = keyOf(sample.labels);
    parts.set(key, [...(parts.get(key) ?? []), sample]);
  }
  for (const samples of parts.values()) {
    const buckets = samples.slice(0, -2);
    const [sum, count] = samples.slice(-2);
    if (sum?.name !== `${series.name}_sum` || count?.name !== `${series.name}_count`)
      fail(series.name, 'a histogram without sum and count at its end');
    let [before, least] = [0, -Infinity];
    for (const { name: bucket, labels, value } of buckets) {
      const bound = labels['le'] === '+Inf' ? Infinity : Number(labels['le']);
      if (bucket !== `${series.name}_bucket` || !(bound > least) || value < before)
        fail(series.name, `a bucket ${labels['le']} out of order`);
      [before, least] = [value, bound];
    }
    if (least !== Infinity || before !== count.value) fail(series.name, 'the last bucket is not the count');
  }
}

function check(series: Series): void {
  const seen = new Set<string>();
  for (const sample of series.samples) {
    const key = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
    if (seen.has(key)) fail(key, 'a sample comes twice');
    seen.add(key);
    const own = series.type === 'histogram' ? sample.name.replace(/_(bucket|sum|count)$/, '') : sample.name;
    if (own !== series.name) fail(sample.name, `a sample among those of ${series.name}`);
    if (series.type !== 'gauge' && sample.value < 0) fail(sample.name, 'a count below 0');
  }
  if (series.type === 'counter' && !series.name.endsWith('_total')) fail(series.name, 'a counter without _total');
  if (series.type === 'histogram') checkHistogram(series);
}

export class Figures {
  readonly series = new Map<string, Series>();

  constructor(text: string) {
    if (!text.endsWith('\n')) fail(text.slice(-80), 'no newline at the end');
    let now: Series | undefined;
    const lines = text.slice(0, -1).split('\n');
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i] ?? '';
      if (!line.startsWith('#')) {
        (now ?? fail(line, 'a sample without HELP and TYPE')).samples.push(readSample(line));
        continue;
      }
      const help = helpLine.exec(line) ?? fail(line, 'not a HELP');
      const type = typeLine.exec(lines[++i] ?? '') ?? fail(lines[i] ?? '', 'no TYPE behind HELP');
      const [, own = '', about = ''] = help;
      if (type[1] !== own) fail(line, 'HELP and TYPE of two series');
      if (this.series.has(own)) fail(line, 'a series comes twice');
      now = { name: own, help: about, type: type[2] as Series['type'], samples: [] };
      this.series.set(own, now);
    }
    for (const each of this.series.values()) check(each);
  }

  /** The value of one sample; 0 for one that is left out because nothing was counted. */
  value(sample: string, labels: Record<string, string> = {}): number {
    return this.find(sample, labels) ?? 0;
  }

  find(sample: string, labels: Record<string, string> = {}): number | undefined {
    const wanted = JSON.stringify(Object.entries(labels).sort());
    const series = this.series.get(sample) ?? this.series.get(sample.replace(/_(bucket|sum|count)$/, ''));
    if (series === undefined) throw new Error(`there is no series ${sample}`);
    return series.samples.find(
      (each) => each.name === sample && JSON.stringify(Object.entries(each.labels).sort()) === wanted,
    )?.value;
  }
}
