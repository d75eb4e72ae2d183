// Open pages in headless Chromium as a reader would: light and dark, desktop and phone, printed.
//   node check.mjs PAGE.html...
// Exit 1 if a page prints an error, asks for anything but itself, scrolls sideways on a phone, or has a violation that axe-core finds.
import { chromium } from 'playwright-core';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
const views = [
  { width: 1280, height: 800, scheme: 'light' }, { width: 1280, height: 800, scheme: 'dark' },
  { width: 390, height: 844, scheme: 'light' }, { width: 390, height: 844, scheme: 'dark' },
];
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
let faults = 0;
const fault = (page, view, what) => { faults += 1; console.log(`${page} ${view.width} ${view.scheme}: ${what}`); };

for (const file of process.argv.slice(2)) {
  const address = `file://${resolve(file)}`;
  for (const view of views) {
    const context = await browser.newContext({ viewport: view, colorScheme: view.scheme, bypassCSP: true });
    const page = await context.newPage();
    page.on('console', (m) => { if (m.type() === 'error') fault(file, view, `console: ${m.text()}`); });
    page.on('pageerror', (e) => fault(file, view, `error: ${e.message}`));
    page.on('request', (r) => { if (r.url() !== address) fault(file, view, `request: ${r.url()}`); });
    await page.goto(address);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) fault(file, view, `scrolls sideways by ${over} px`);
    // Closed panels are hidden from axe-core.
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
    await page.evaluate(axeSource);
    const found = await page.evaluate((only) => axe.run(document, { runOnly: only }), tags);
    for (const v of found.violations) {
      fault(file, view, `${v.id}: ${v.help} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)}`);
    }
    await context.close();
  }
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(address);
  await page.emulateMedia({ media: 'print' });
  const hidden = await page.evaluate(() => {
    dispatchEvent(new Event('beforeprint'));
    return [...document.querySelectorAll('details')].filter((d) => {
      const inner = d.querySelector(':scope > :not(summary)');
      return inner && inner.getClientRects().length === 0;
    }).length;
  });
  if (hidden > 0) fault(file, { width: 'print', scheme: '' }, `${hidden} panels stay closed`);
  await context.close();
}
await browser.close();
console.log(`${process.argv.length - 2} page(s), ${faults} fault(s)`);
process.exit(faults > 0 ? 1 : 0);
