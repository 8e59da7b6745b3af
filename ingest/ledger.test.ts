import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Account, imbalance, Ledger } from './ledger.ts';

test('starts with the books that the spool kept', () => {
  const kept = {
    received: 20,
    stored: 9,
    duplicate: 3,
    'quarantined:not_json': 2,
    'refused:unknown_topic': 1,
  };
  const view = new Ledger(kept, 5).view();
  expect(view).toEqual({
    received: 20,
    stored: 9,
    duplicate: 3,
    spooled: 5,
    quarantined: { not_json: 2 },
    refused: { unknown_topic: 1 },
  });
  expect(imbalance(view)).toBe(0);
});

test.each<[Account, object]>([
  ['spooled', { spooled: 1 }],
  ['duplicate', { duplicate: 1, spooled: 0 }],
  ['quarantined:not_json', { quarantined: { not_json: 1 }, spooled: 0 }],
  ['refused:spool_full', { refused: { spool_full: 1 }, spooled: 0 }],
])('a message that leaves as %s stands there alone', (account, expected) => {
  const ledger = new Ledger({}, 0);
  ledger.receive(1);
  expect(ledger.view()).toMatchObject({ received: 1, spooled: 1 });
  ledger.leave(account);
  expect(ledger.view()).toMatchObject({ received: 1, ...expected });
  expect(imbalance(ledger.view())).toBe(0);
});

test('the store settles what was spooled', () => {
  const ledger = new Ledger({ received: 10 }, 10);
  ledger.settleSpooled({ stored: 7, 'quarantined:store_rejected': 2, 'quarantined:spool_corrupt': 1 });
  expect(ledger.view()).toMatchObject({
    stored: 7,
    spooled: 0,
    quarantined: { store_rejected: 2, spool_corrupt: 1 },
  });
  expect(imbalance(ledger.view())).toBe(0);
});

test('an account that nobody ever used is not in the books', () => {
  const ledger = new Ledger({ received: 1 }, 1);
  ledger.settleSpooled({ stored: 1, 'quarantined:store_rejected': 0 });
  expect(ledger.view().quarantined).toEqual({});
});

test('messages without an acknowledgement to wait for are counted apart', () => {
  const ledger = new Ledger({}, 0);
  for (const qos of [0, 1, 2, 0] as const) ledger.receive(qos);
  expect(ledger.receivedQos0).toBe(2);
  expect(ledger.view().received).toBe(4);
});

test('a message that nobody settled shows, and so does one that was settled twice', () => {
  const lost = new Ledger({ received: 5, stored: 3 }, 0);
  expect(imbalance(lost.view())).toBe(2);
  const ledger = new Ledger({ received: 1 }, 1);
  ledger.settleSpooled({ stored: 1 });
  expect(imbalance(ledger.view())).toBe(0);
  expect(imbalance({ ...ledger.view(), duplicate: 1 })).toBe(-1);
});

test('the books balance at every moment, whatever becomes of the messages', () => {
  const account = fc.constantFrom<Account>(
    'spooled',
    'duplicate',
    'quarantined:a',
    'quarantined:b',
    'refused:a',
  );
  const step = fc.oneof(
    fc.constant('receive' as const),
    account.map((leave) => ({ leave })),
    fc.constantFrom('stored', 'quarantined:store_rejected').map((settle) => ({ settle })),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const ledger = new Ledger({}, 0);
      let inFlight = 0;
      let spooled = 0;
      for (const what of steps) {
        if (what === 'receive') {
          ledger.receive(1);
          inFlight++;
        } else if ('leave' in what && inFlight > 0) {
          ledger.leave(what.leave);
          inFlight--;
          if (what.leave === 'spooled') spooled++;
        } else if ('settle' in what && spooled > 0) {
          ledger.settleSpooled({ [what.settle]: 1 });
          spooled--;
        }
        expect(imbalance(ledger.view())).toBe(0);
        expect(ledger.view().spooled).toBe(inFlight + spooled);
      }
    }),
  );
});
