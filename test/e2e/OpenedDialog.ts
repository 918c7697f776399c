import { Locator, Page } from 'playwright-core';
import { Browser, Screen } from './Browser';
import { faultsOf } from './faultsOf';

/** A dialog of the portal, opened by its button. */
export class OpenedDialog {
  private constructor(readonly page: Page, readonly dialog: Locator) {}

  /**
   * @param url - of the page that has the button
   * @param title - the dialog's, as it is read out
   */
  static async open(
    browser: Browser,
    where: { url: string; button: string; title: string },
    screen?: Screen,
  ): Promise<OpenedDialog> {
    const page = await browser.open(where.url, screen);
    await page.getByRole('button', { name: where.button }).first().click();
    const dialog = page.getByRole('dialog', { name: where.title });
    await dialog.waitFor();
    return new OpenedDialog(page, dialog);
  }

  /** The field of this label, and of no longer one. */
  field(label: string): Locator {
    return this.dialog.getByLabel(label, { exact: true });
  }

  async press(button: string): Promise<void> {
    await this.dialog
      .getByRole('button', { name: button, exact: true })
      .click();
  }

  /** Waits for a text. */
  async says(text: RegExp): Promise<void> {
    await this.dialog.getByText(text).first().waitFor();
  }

  /** By the keyboard, as a person has it from elsewhere. */
  async paste(label: string, text: string): Promise<void> {
    const clipboard = ['clipboard-read', 'clipboard-write'];
    await this.page.context().grantPermissions(clipboard);
    await this.page.evaluate(
      copied => navigator.clipboard.writeText(copied),
      text,
    );
    await this.field(label).focus();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.press('ControlOrMeta+V');
  }

  /** What somebody would paste elsewhere now. */
  copied(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** What is wrong with it as it is shown, on a desk and on a phone. */
  async faults(): Promise<string[]> {
    const found: string[] = [];
    for (const width of [1400, 360]) {
      await this.page.setViewportSize({ width, height: 900 });
      // Colours in the middle of a transition are nobody's choice.
      await this.page.evaluate(() =>
        Promise.allSettled(document.getAnimations().map(each => each.finished)),
      );
      const faults = await faultsOf(this.page, '[role=dialog]');
      found.push(...faults.map(fault => `${width} px: ${fault}`));
    }
    return found;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
