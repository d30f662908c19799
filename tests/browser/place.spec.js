// A place in line is kept through reloads, previews, other tabs and other phones.

import { expect, test } from './harness/fixtures.js';
import { expectMediaFrom, expectNoMedia } from './harness/media.js';
import { enterCall, enterLobby, expectAdmitted, expectFarewell, expectWaiting } from './harness/pages.js';
import { admit, cardOf, end, enterCallAsStaff, expectSeatWaits, inventFamily, linkFor, newVisit, seatOf, signIn, start } from './harness/staff.js';

test('five reloads keep the same place', async ({ hospital, person }) => {
  const { family, doctor, links } = await openVisit(hospital, person, 2);
  const [first, second] = [await person(), await person()];
  await enterLobby(first, links[0]);
  const card = cardOf(doctor, family);
  await expectSeatWaits(seatOf(card, family.relatives[0]));
  await enterLobby(second, links[1]);
  await expectSeatWaits(seatOf(card, family.relatives[1]));

  const since = () => seatOf(card, family.relatives[0]).locator('[data-slot=minutes]').getAttribute('datetime');
  const arrived = await since();
  const address = first.url();
  for (let time = 0; time < 5; time += 1) {
    await first.reload();
    await expectWaiting(first);
    expect(first.url()).toBe(address);
  }
  await expectSeatWaits(seatOf(card, family.relatives[0]));
  expect(await since()).toBe(arrived);
});

test('fifty previews of a link change nothing, and then the person gets in', async ({ hospital, person, request }) => {
  const { family, doctor, links } = await openVisit(hospital, person, 1);
  for (let time = 0; time < 50; time += 1) {
    const answer = time % 5 === 0 ? await request.head(links[0]) : await request.get(links[0]);
    expect(answer.status()).toBe(200);
    expect(answer.headers()['set-cookie'] ?? '').not.toContain('seat-');
  }
  const seat = seatOf(cardOf(doctor, family), family.relatives[0]);
  await expect(seat).toHaveAttribute('data-standing', 'invited');

  const page = await person();
  await enterLobby(page, links[0]);
  await expectSeatWaits(seat);
  await start(cardOf(doctor, family));
  await admit(seat);
  await expectAdmitted(page);
});

test('the newest tab takes the place over, and the older says so', async ({ hospital, person }) => {
  const { links } = await openVisit(hospital, person, 1);
  const older = await person();
  await enterLobby(older, links[0]);
  const newer = await older.context().newPage();
  await newer.goto(older.url());
  await expectWaiting(newer);
  await expect(older.getByRole('heading', { name: 'Su lugar está abierto en otra pantalla' })).toBeVisible();

  await older.getByRole('button', { name: 'Usar este dispositivo' }).click();
  await expectWaiting(older);
  await expect(newer.getByRole('heading', { name: 'Su lugar está abierto en otra pantalla' })).toBeVisible();
});

test('the link on another phone waits as a new device, and the admitted one stays', async ({ hospital, person }) => {
  const { family, doctor, links } = await openVisit(hospital, person, 1);
  const seat = seatOf(cardOf(doctor, family), family.relatives[0]);
  const phone = await person();
  await enterLobby(phone, links[0]);
  await expectSeatWaits(seat);
  await start(cardOf(doctor, family));
  await admit(seat);
  await expectAdmitted(phone);

  const tablet = await person();
  await enterLobby(tablet, links[0]);
  await expect(tablet.getByText('Abrió el enlace en otro dispositivo.')).toBeVisible();
  await expect(seat.locator('[data-slot=new-device]')).toBeVisible();
  await expectAdmitted(phone);

  await admit(seat);
  await expectAdmitted(tablet);
  await expect(phone.getByRole('heading', { name: 'Ya puede entrar' })).toBeHidden();
  await expect(phone.getByText('abra aquí otra vez el enlace de su mensaje')).toBeVisible();
  await expect(phone.getByRole('button', { name: 'Usar este dispositivo' })).toBeHidden();

  await tablet.reload();
  await expectAdmitted(tablet);
  await expect(tablet.getByRole('button', { name: 'Entrar a la llamada' })).toBeFocused();
});

test('two visits on one phone do not disturb each other', async ({ hospital, person }) => {
  const one = await openVisit(hospital, person, 1);
  const other = await openVisit(hospital, person, 1);
  const first = await person();
  await enterLobby(first, one.links[0]);
  const second = await first.context().newPage();
  await enterLobby(second, other.links[0]);
  await expectWaiting(second);
  await first.reload();
  await expectWaiting(first);
  await expectSeatWaits(seatOf(cardOf(one.doctor, one.family), one.family.relatives[0]));
  await expectSeatWaits(seatOf(cardOf(other.doctor, other.family), other.family.relatives[0]));
});

test('where WebSockets are blocked the lobby still admits, and the call is held', async ({ hospital, person }) => {
  const { family, doctor, links } = await openVisit(hospital, person, 1);
  const page = await person();
  await page.addInitScript(() => {
    class Blocked extends EventTarget {
      constructor() {
        super();
        queueMicrotask(() => this.#tell(new Event('error')));
        queueMicrotask(() => this.#tell(new CloseEvent('close', { code: 1006 })));
      }
      close() {}
      send() {}
      /** @param {Event} event */
      #tell(event) {
        this.dispatchEvent(event);
        const handler = Reflect.get(this, `on${event.type}`);
        if (typeof handler === 'function') handler.call(this, event);
      }
    }
    Reflect.set(window, 'WebSocket', Blocked);
  });
  await enterLobby(page, links[0]);
  const seat = seatOf(cardOf(doctor, family), family.relatives[0]);
  await expectSeatWaits(seat);
  await start(cardOf(doctor, family));
  await admit(seat);
  await expect(page.getByRole('heading', { name: 'Ya puede entrar' })).toBeVisible({ timeout: 25_000 });
  await enterCallAsStaff(doctor);
  await enterCall(page);
  await Promise.all([doctor, page].map((one) => expectMediaFrom(one, 1)));
  await end(cardOf(doctor, family));
  await expectFarewell(page, 'La visita terminó');
  await expectNoMedia(page);
});

/**
 * A doctor at the board with a fresh visit, and the links of its relatives.
 * @param {import('./harness/server.js').Hospital} hospital
 * @param {import('./harness/fixtures.js').Person} person
 * @param {number} relatives
 */
async function openVisit(hospital, person, relatives) {
  const family = inventFamily(relatives);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  const links = [];
  for (const relative of family.relatives) links.push(await linkFor(doctor, relative));
  await doctor.goto('/board');
  return { family, doctor, links };
}
