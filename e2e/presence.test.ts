import { describe, expect, it } from 'vitest';
import { eventually, type Screen } from './support/screen.js';
import { useStage } from './support/stage.js';

const stage = useStage();

/** How long the line has words, in milliseconds by the clock of the page. */
const timeShown = ({ page }: Screen): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const line = document.querySelector('[data-typing]')!;
        let since: number | null = null;
        new MutationObserver(() => {
          if (line.textContent === '') resolve(performance.now() - (since ?? 0));
          else since ??= performance.now();
        }).observe(line, { childList: true, subtree: true, characterData: true });
      }),
  );

describe('typing', () => {
  it('shows who types within a moment, goes within seven seconds of silence, and moves nothing', async () => {
    const { ana, bea } = await stage.pair();
    const place = await bea.composer.boundingBox();
    const shown = timeShown(bea);
    await ana.composer.pressSequentially('hol');
    await bea.sees('Ana is typing…');
    expect(await bea.composer.boundingBox()).toEqual(place);
    expect(await shown).toBeLessThan(7_000);
    expect(await bea.composer.boundingBox()).toEqual(place);
  });

  it('lasts as long as the person types, and ends with their words', async () => {
    const { ana, bea } = await stage.pair();
    const gone = { times: 0 };
    await bea.page.exposeFunction('typingEnded', () => (gone.times += 1));
    await ana.composer.pressSequentially('h');
    await bea.sees('Ana is typing…');
    await bea.page.evaluate(() => {
      const line = document.querySelector('[data-typing]')!;
      new MutationObserver(() => {
        if (line.textContent === '') (window as unknown as { typingEnded: () => void }).typingEnded();
      }).observe(line, { childList: true, subtree: true, characterData: true });
    });
    await ana.composer.pressSequentially('ola, ¿qué tal estás hoy?', { delay: 400 });
    expect(gone.times).toBe(0);
    await ana.button('Send').click();
    await bea.shows(['hola, ¿qué tal estás hoy?']);
    await bea.losesSight('Ana is typing…');
    expect(gone.times).toBe(1);
  });

  it('names up to three people, then says that they are several', async () => {
    const [ana, ...others] = await Promise.all(
      ['Ana', 'Bea', 'Carl', 'Dora', 'Eva'].map((name) => stage.account(name)),
    );
    const { id } = await ana!.wire.group(
      'Tertulia',
      others.map(({ wire }) => wire),
    );
    await ana!.openConversationAt(id);
    await ana!.composer.waitFor();
    const [bea, carl, dora, eva] = others.map(({ wire }) => wire);
    await Promise.all(others.map(({ wire }) => wire.connect()));
    const type = (...typists: (typeof bea)[]) =>
      Promise.all(typists.map((typist) => typist!.emit('typing:set', { conversation: id })));
    const line = () => ana!.page.locator('[data-typing]').innerText();
    await eventually(() => type(bea).then(line)).toBe('Bea is typing…');
    await eventually(() => type(bea, carl).then(line)).toMatch(/^(Bea and Carl|Carl and Bea) are typing…$/);
    await eventually(() => type(bea, carl, dora).then(line)).toMatch(/^\w+, \w+ and \w+ are typing…$/);
    await eventually(() => type(bea, carl, dora, eva).then(line)).toBe('Several people are typing…');
  });
});

describe('presence', () => {
  it('a dot says who is online; a second tab closing changes nothing, the last one does', async () => {
    const { ana, bea } = await stage.pair();
    const dots = ana.page.getByText('Online', { exact: true });
    // In the list and in the header.
    await eventually(() => dots.count()).toBe(2);
    const tab = await bea.tab();
    await tab.sees(tab.list);
    await tab.page.close();
    const until = performance.now() + 8_000;
    while (performance.now() < until) {
      expect(await dots.count()).toBe(2);
      await ana.page.waitForTimeout(250);
    }
    await bea.page.close();
    await eventually(() => dots.count()).toBe(0);
    await bea.tab();
    await eventually(() => dots.count()).toBe(2);
  });

  it('a reload of the other is not seen', async () => {
    const { ana, bea } = await stage.pair();
    const dots = ana.page.getByText('Online', { exact: true });
    await eventually(() => dots.count()).toBe(2);
    await bea.page.reload();
    await bea.composer.waitFor();
    for (let look = 0; look < 30; look += 1) {
      expect(await dots.count()).toBe(2);
      await ana.page.waitForTimeout(250);
    }
  });

  it('the members of a group have their dots in the details', async () => {
    const [ana, bea, eva] = await Promise.all(['Ana', 'Bea', 'Eva'].map((name) => stage.account(name)));
    const { id } = await ana!.wire.group('Tertulia', [bea!.wire, eva!.wire]);
    await ana!.openConversationAt(id);
    await bea!.goto();
    await ana!.button('Details').click();
    const member = (name: string) => ana!.dialog.getByRole('listitem').filter({ hasText: name });
    await ana!.sees(member('Bea').getByText('Online'));
    expect(await ana!.dialog.getByText('Online').count()).toBe(1);
  });
});
