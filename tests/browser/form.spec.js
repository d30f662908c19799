// The form that opens a visit, badly filled in: a sentence beside the field, nothing typed is lost, and then it works.

import { expectAccessible } from './harness/axe.js';
import { expect, test } from './harness/fixtures.js';
import { addFamily, inventFamily, signIn } from './harness/staff.js';

test('a phone number without its country is refused beside its field', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const page = await openForm(hospital, person);
  await page.locator('#new-patient > summary').click();
  await page.locator('#new_name').fill(family.patient.name);
  await page.locator('#new_born').fill(family.patient.born);
  await page.locator('#new_phone').fill('123');
  await page.locator('#relative_0_name').fill(family.relatives[0].name);
  await page.locator('button[formaction="/patients"]').click();
  await expectRefused(page, ['new_phone', 'relative_0_relation', 'relative_0_phone']);
  await expect(page.locator('#new_name')).toHaveValue(family.patient.name);
  await expect(page.locator('#new_born')).toHaveValue(family.patient.born);
  await expect(page.locator('#new_phone')).toHaveValue('123');
  await expect(page.locator('#relative_0_name')).toHaveValue(family.relatives[0].name);

  await page.locator('#error-summary a[href="#new_phone"]').click();
  await expect(page.locator('#new_phone')).toBeFocused();
  await page.locator('#new_phone').fill(family.patient.phone);
  await page.locator('#relative_0_relation').fill(family.relatives[0].relation);
  await page.locator('#relative_0_phone').fill(family.relatives[0].phone);
  await page.locator('button[formaction="/patients"]').click();
  await expect(page.locator('#patient .chosen')).toContainText(family.patient.name);
  await expect(page.locator('#error-summary')).toBeHidden();
  await expect(page).not.toHaveTitle(/Error/);
});

test('nobody invited, a date that has gone, and an hour that the clock skips', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const page = await openForm(hospital, person);
  await page.locator('input[name=service][value=medical_report]').check();
  await addFamily(page, family);
  const rosa = page.getByRole('checkbox', { name: family.relatives[0].name });
  await expect(rosa, 'whom one has just added is invited').toBeChecked();
  await rosa.uncheck();
  await page.locator('#reason').fill(family.reason);
  await page.locator('input[name=when][value=scheduled]').check();
  await page.locator('#date').fill('2020-01-01');
  await page.locator('#time').fill('10:00');
  await open(page);
  await expectRefused(page, ['invite', 'date']);
  await expect(page.locator('#patient .chosen')).toContainText(family.patient.name);
  await expect(page.locator('#reason')).toHaveValue(family.reason);
  await expect(page.locator('#date')).toHaveValue('2020-01-01');
  await expect(page.locator('#time')).toHaveValue('10:00');

  await rosa.check();
  await page.locator('#date').fill(springForwardInNewYork());
  await page.locator('#time').fill('02:30');
  await page.locator('#zone').selectOption('America/New_York');
  await open(page);
  await expectRefused(page, ['time']);
  await expect(page.locator('#zone')).toHaveValue('America/New_York');
  await expect(rosa).toBeChecked();

  await page.locator('#time').fill('03:30');
  await open(page);
  await expect(page.locator('.notice')).toContainText('La visita está programada.');
});

test('who may be registered already is asked about before a patient is added on the spot', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const page = await openForm(hospital, person);
  await addFamily(page, family);
  await page.goto('/visits/new');
  await addMistyped(page, family);
  await expectRefused(page, ['somebody_else']);
  await expect(page.locator('#new_name')).toHaveValue(family.patient.name);
  await expect(page.locator('#new_born')).toHaveValue('1950-11-02');
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `nothing sideways at ${width} px`).toBeLessThanOrEqual(width);
    await expectAccessible(page);
  }
  await page.locator('.alike .found').click();
  await expect(page.locator('#patient .chosen')).toContainText('11 de febrero de 1950');
  await expect(page.locator('#invite')).toContainText(family.relatives[0].name);
});

test('without scripts, a namesake is added once somebody has said that it is another person', async ({ hospital, person }) => {
  const family = inventFamily(0);
  const page = await openForm(hospital, person, 'clerk', { javaScriptEnabled: false });
  await addFamily(page, family);
  await page.goto('/visits/new');
  await addMistyped(page, family);
  await expect(page.locator('.alike .found')).toContainText('11 de febrero de 1950');
  await page.locator('#somebody_else').check();
  await page.locator('button[formaction="/patients"]').click();
  await expect(page.locator('#patient .chosen')).toContainText('2 de noviembre de 1950');
  await expect(page.locator('.alike')).toHaveCount(0);
});

test('an empty form says what is missing', async ({ hospital, person }) => {
  const page = await openForm(hospital, person, 'clerk');
  await open(page);
  await expectRefused(page, ['patient_search', 'doctor']);
});

/**
 * @param {import('./harness/server.js').Hospital} hospital
 * @param {import('./harness/fixtures.js').Person} person
 * @param {string} role
 * @param {import('@playwright/test').BrowserContextOptions} options
 */
async function openForm(hospital, person, role = 'doctor', options = {}) {
  const page = await person(options);
  await signIn(page, hospital.signIn(role));
  await page.goto('/visits/new');
  return page;
}

/**
 * Adds the patient of a family as if for the first time, with day and month of birth in the wrong order.
 * @param {import('@playwright/test').Page} page
 * @param {import('./harness/staff.js').Family} family
 */
async function addMistyped(page, family) {
  await page.locator('#new-patient > summary').click();
  await page.locator('#new_name').fill(family.patient.name);
  await page.locator('#new_born').fill('1950-11-02');
  await page.locator('#new_phone').fill(family.patient.phone);
  await page.locator('button[formaction="/patients"]').click();
}

/** @param {import('@playwright/test').Page} page */
async function open(page) {
  await page.locator('.form-end button[type=submit]').click();
}

/**
 * The title says so, the summary has the focus and links to each field, and each field says it itself.
 * @param {import('@playwright/test').Page} page
 * @param {string[]} fields
 */
async function expectRefused(page, fields) {
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(page).toHaveTitle(/^Error:/);
  await expect(page.locator('.field-error')).toHaveCount(fields.length);
  for (const field of fields) {
    const sentence = await page.locator(`#error-summary a[href="#${field}"]`).innerText();
    await expect(page.locator(`#${field}-error`)).toHaveText(sentence);
  }
}

/** The next second Sunday of March, when New York has no 02:30, at least a month away. */
function springForwardInNewYork() {
  const soon = new Date(Date.now() + 30 * 86_400_000);
  for (let year = soon.getUTCFullYear(); ; year += 1) {
    const first = new Date(Date.UTC(year, 2, 1)).getUTCDay();
    const day = new Date(Date.UTC(year, 2, 8 + ((7 - first) % 7)));
    if (day > soon) return day.toISOString().slice(0, 10);
  }
}
