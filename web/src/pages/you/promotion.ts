/** A promotion request as what happened, newest first. */
import type { Promotion, PromotionState } from '../../api';
import { when } from '../../words/words';
import type { Moment } from '../../parts/moment';

const outcomes: Record<PromotionState, { words: string; tone: Moment['tone'] } | null> = {
  pending: null,
  approved: { words: 'Approved: you became an administrator', tone: 'gold' },
  refused: { words: 'Refused', tone: 'bad' },
  withdrawn: { words: 'Withdrawn', tone: 'plain' },
};

export function promotionMoments(of: Promotion): Moment[] {
  const asked: Moment = {
    id: `${of.id} asked`,
    at: when(of.asked_at),
    words: 'You asked',
    note: of.reason,
    tone: 'plain',
  };
  const outcome = outcomes[of.state];
  if (outcome === null) return [asked];
  const by = of.decided_by === null ? '' : `, ${of.decided_by}`;
  return [
    { id: `${of.id} decided`, at: `${when(of.decided_at)}${by}`, note: of.notes ?? undefined, ...outcome },
    asked,
  ];
}
