// A refactor: two subagents look around side by side, a question is asked, a plan is approved and carried out.
import { cwd, files } from '../projects/berth.mjs';
import { openSession } from '../session.mjs';
import { agent, ask, bash, edit, grep, other, read, write } from '../tools.mjs';

const model = 'claude-haiku-4-5-20251001';
const plan = `# One module for prices

1. \`src/price/price.ts\`: \`mooringCents(boat, nights)\` and \`roundCents\`, half up.
2. Quote, invoice and season report call it; none of them multiplies any more.
3. \`src/invoice/round.ts\` goes.
4. One table of examples as a test, the same numbers for all three callers.

The weekly discount starts at **7** nights everywhere. Today the season report starts it at 8.`;

export function onePriceModule() {
  const s = openSession({
    id: 'a1d85e3b-7f26-4c90-b3ea-58c2049d6f17', version: '2.1.329', cwd, branch: 'one-price', model: 'claude-opus-5', start: '2026-11-05T09:30:18Z', files,
  });
  s.session.mode = 'plan';
  s.note('permission-mode', { permissionMode: 'plan' });
  s.prompt('Prices are computed in three places and they disagree by a cent now and then. I want one module. Look around first and show me a plan.');
  s.step({
    say: 'Two things to find out, and they do not depend on each other: where prices are computed, and how each place rounds. I send an agent for each.',
    calls: [
      agent({
        type: 'Explore', description: 'Find price computations', model,
        prompt: 'Find every place in src/ where a price for mooring is computed. For each give the file, the rate, and from how many nights the weekly discount applies. Report differences.',
        story(step) {
          step({ calls: [grep('320|288|lengthCm', 'src', 'src/quote/quote.ts:4:const centsPerMetreAndNight = 320;\nsrc/invoice/invoice.ts:11:  const mooring = (boat.lengthCm * 320 * nights) / 100;\nsrc/report/season.ts:7:    const rate = nights > 7 ? 288 : 320;')] });
          step({ calls: [read('src/quote/quote.ts'), read('src/invoice/invoice.ts'), read('src/report/season.ts')] });
        },
        answer: 'Three places, one rate (320 cents per metre and night):\n\n| file | discount from |\n|---|---|\n| src/quote/quote.ts | 7 nights |\n| src/invoice/invoice.ts | 7 nights |\n| src/report/season.ts | **8 nights** (`nights > 7`) |\n\nThe season report disagrees.',
      }),
      agent({
        type: 'Explore', description: 'Compare rounding', model,
        prompt: 'Find how amounts of money are rounded in src/. For each place say which rule it follows for half a cent, and whether floating point is involved.',
        story(step) {
          step({ calls: [grep('round|floor|ceil', 'src', 'src/quote/quote.ts:9:  return Math.round(discounted);\nsrc/invoice/round.ts:2:export function roundCents(value: number): number {\nsrc/report/season.ts:8:    cents += Math.floor((boat.lengthCm * rate * nights) / 100);')] });
          step({ calls: [read('src/invoice/round.ts')] });
          step({ calls: [read('src/money.ts')] });
        },
        answer: 'Three rules: the quote rounds half up, the invoice half to even, the season report rounds down. All three divide by 100 in floating point first. There is no shared money module.',
      }),
    ],
  });
  s.title('One module for prices');
  const question = 'Which rounding should hold everywhere?';
  s.step({
    think: 'Three rounding rules. This is a business decision, not mine. Ask.',
    calls: [
      ask(
        [{ question, header: 'Rounding', multiSelect: false, options: [{ label: 'Half up', description: 'As the quotes do today' }, { label: 'Half to even', description: 'As the invoices do today' }, { label: 'Down', description: 'As the season report does today' }] }],
        { [question]: 'Half up' },
        48_000,
      ),
    ],
  });
  s.step({ calls: [other('ExitPlanMode', { plan }, 'User has approved your plan. You can now start coding.', { plan, isAgent: false }, 31_000)] });
  s.session.mode = 'acceptEdits';
  s.note('permission-mode', { permissionMode: 'acceptEdits' });
  s.step({
    calls: [
      write(
        'src/price/price.ts',
        "// What mooring costs. All money is whole cents; nothing here is a fraction that binary numbers cannot hold.\nimport type { Boat } from '../boat.ts';\n\nconst centsPerMetreAndNight = 320;\nconst discountFrom = 7;\nconst discountPercent = 10;\n\n/** Half a cent is rounded up. `by` divides an amount that is exact in whole numbers. */\nexport const roundCents = (amount: number, by: number): number => Math.floor((2 * amount + by) / (2 * by));\n\nexport function mooringCents({ lengthCm }: Boat, nights: number): { readonly full: number; readonly discount: number } {\n  const exact = lengthCm * centsPerMetreAndNight * nights;\n  const discount = nights >= discountFrom ? roundCents(exact * discountPercent, 10_000) : 0;\n  return { full: roundCents(exact, 100), discount };\n}\n",
      ),
    ],
  });
  s.step({
    calls: [
      edit('src/quote/quote.ts', "const centsPerMetreAndNight = 320;\n\nexport function quote(boat: Boat, nights: number): number {\n  const base = boat.lengthCm / 100 * centsPerMetreAndNight * nights;\n  const discounted = nights >= 7 ? base * 0.9 : base;\n  return Math.round(discounted);\n}", 'export function quote(boat: Boat, nights: number): number {\n  const { full, discount } = mooringCents(boat, nights);\n  return full - discount;\n}'),
      edit('src/quote/quote.ts', "import type { Boat } from '../boat.ts';\n", "import type { Boat } from '../boat.ts';\nimport { mooringCents } from '../price/price.ts';\n"),
      edit('src/invoice/invoice.ts', "  const mooring = (boat.lengthCm * 320 * nights) / 100;\n  const lines = [{ text: `Mooring, ${nights} nights`, cents: roundCents(mooring) }];\n  if (nights >= 7) lines.push({ text: 'Weekly discount', cents: -roundCents(mooring * 0.1) });\n  if (kWh > 0) lines.push({ text: `Electricity, ${kWh} kWh`, cents: roundCents(kWh * 48) });", "  const { full, discount } = mooringCents(boat, nights);\n  const lines = [{ text: `Mooring, ${nights} nights`, cents: full }];\n  if (discount > 0) lines.push({ text: 'Weekly discount', cents: -discount });\n  if (kWh > 0) lines.push({ text: `Electricity, ${kWh} kWh`, cents: Math.round(kWh * 48) });"),
      edit('src/invoice/invoice.ts', "import { roundCents } from './round.ts';", "import { mooringCents } from '../price/price.ts';"),
      edit('src/report/season.ts', '    const rate = nights > 7 ? 288 : 320;\n    cents += Math.floor((boat.lengthCm * rate * nights) / 100);', '    const { full, discount } = mooringCents(boat, nights);\n    cents += full - discount;'),
      edit('src/report/season.ts', "import type { Boat } from '../boat.ts';\n", "import type { Boat } from '../boat.ts';\nimport { mooringCents } from '../price/price.ts';\n"),
    ],
  });
  s.step({ calls: [bash('git rm -q src/invoice/round.ts', { description: 'Remove the old rounding', changes: { 'src/invoice/round.ts': null }, ms: 60 })] });
  s.step({ calls: [bash('npx vitest run && npx tsc --noEmit', { description: 'Tests and types', exit: 1, ms: 4870, stdout: ' × src/invoice/invoice.test.ts > half a cent goes to the even neighbour\n   → expected 22051 to be 22050\n\n      Tests  1 failed | 31 passed (32)' })] });
  s.step({
    think: 'This test pins the old rule, half to even. The user chose half up, so the expectation has to change; say so explicitly.',
    say: 'One test pins the old rule for invoices. You chose half up, so its expectation changes with it, and nothing else does.',
    calls: [bash("sed -i 's/half a cent goes to the even neighbour/half a cent is rounded up/; s/22050/22051/' src/invoice/invoice.test.ts", { description: 'Adapt the test to the chosen rule', ms: 25 })],
  });
  s.step({ calls: [bash('npx vitest run && npx tsc --noEmit', { description: 'Tests and types', stdout: '      Tests  32 passed (32)', ms: 4790 })] });
  s.step({ say: 'Quote, invoice and season report call `src/price/price.ts` now; `src/invoice/round.ts` is gone. All 32 tests pass.\n\n**Two things differ from before**, both by your choice or by the plan:\n\n1. Invoices round half a cent up.\n2. The season report gives the discount from 7 nights, not 8.' });
  s.endTurn();

  s.wait(7);
  s.prompt('Read through the diff, looks right. Commit it with our commit message style.');
  s.step({ calls: [other('Skill', { skill: 'commit-style' }, 'Launching skill: commit-style', { success: true, commandName: 'commit-style' })] });
  s.step({
    calls: [
      bash('git add -A && git commit -m "refactor(price): one module for what mooring costs" -m "Quote, invoice and season report agreed to within a cent only. Half up everywhere, discount from 7 nights."', {
        description: 'Commit the refactor',
        stdout: '[one-price 71c0e5d] refactor(price): one module for what mooring costs\n 6 files changed, 31 insertions(+), 27 deletions(-)\n create mode 100644 src/price/price.ts\n delete mode 100644 src/invoice/round.ts',
        ms: 210,
      }),
    ],
  });
  s.step({ say: 'Committed as `71c0e5d`. The season report will show slightly more discount than before: stays of exactly seven nights get theirs now.' });
  s.endTurn();
  s.close();
  return s.session;
}
