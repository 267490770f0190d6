/** Feedback: what a verdict sounds and feels like. Made on the spot, so no sound file can be missing. */
import type { Tone } from '../words/verdicts';
import { readSetting, writeSetting } from './settings';

export const sound: { on: boolean } = $state({ on: readSetting<boolean>('sound') ?? true });

export function setSound(on: boolean): void {
  sound.on = on;
  writeSetting('sound', on);
  if (on) feel('linked');
}

type Beep = readonly [hertz: number, start: number, seconds: number];

const beeps: Record<Tone, readonly Beep[]> = {
  linked: [[1_760, 0, 0.09]],
  already: [
    [1_175, 0, 0.08],
    [1_175, 0.14, 0.08],
  ],
  refused: [[196, 0, 0.45]],
  kept: [[660, 0, 0.1]],
  done: [
    [1_175, 0, 0.1],
    [1_480, 0.11, 0.1],
    [1_760, 0.22, 0.2],
  ],
};

const buzzes: Record<Tone, number[]> = {
  linked: [40],
  already: [60, 60, 60],
  refused: [400],
  kept: [30],
  done: [60, 50, 60, 50, 160],
};

export function feel(tone: Tone): void {
  navigator.vibrate?.(buzzes[tone]);
  if (!sound.on) return;
  const context = audio();
  for (const beep of beeps[tone]) play(context, beep, tone);
}

let shared: AudioContext | null = null;

function audio(): AudioContext {
  shared ??= new AudioContext();
  if (shared.state === 'suspended') void shared.resume(); // browsers keep silent until the first key or tap
  return shared;
}

function play(context: AudioContext, [hertz, start, seconds]: Beep, tone: Tone): void {
  const at = context.currentTime + start;
  const source = context.createOscillator();
  const volume = context.createGain();
  source.type = tone === 'refused' ? 'square' : 'sine';
  source.frequency.value = hertz;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(tone === 'refused' ? 0.25 : 0.4, at + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
  source.connect(volume).connect(context.destination);
  source.start(at);
  source.stop(at + seconds + 0.02);
}
