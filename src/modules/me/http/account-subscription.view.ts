import { formatDay } from 'src/common/domain/money';
import { formPage } from 'src/common/http/form-page';
import type { FormRefusal } from 'src/common/http/form-refusal';
import { page } from 'src/common/http/page';
import type { PersonalBilling } from 'src/modules/payments';

const BACK = { href: '/account', label: 'Your account' };

/** The last page before the payment page. */
export const paymentPage = ({ shortCode, plan }: { shortCode: string; plan: string }): string =>
  page({
    title: 'Continue to the payment page',
    text: `You chose the ${plan} plan. It renews until you cancel, and you can cancel at any time. You pay on the secure page of our payment provider.`,
    tone: 'neutral',
    link: { href: `/c/${encodeURIComponent(shortCode)}`, label: 'Continue' },
    secondLink: BACK,
  });

export const problemPage = (detail: string | undefined): string =>
  page({
    title: 'This did not work',
    text: detail ?? 'Go back to your account and try again.',
    tone: 'neutral',
    link: BACK,
  });

/** What cancelling means, and the button. */
export function cancelPage({ access, nextCharge }: PersonalBilling): string {
  if (!access.granted || nextCharge === undefined) {
    return page({
      title: 'Nothing to cancel',
      text: 'No subscription will charge you again.',
      tone: 'good',
      link: BACK,
    });
  }
  return formPage({
    title: 'Cancel the subscription?',
    text: `Premium stays open until ${formatDay(nextCharge.at)}. After that it ends, and you are not charged again. You can resume until then.`,
    forms: [{ action: '/account/subscription/cancel', submit: 'Cancel the subscription', tone: 'danger' }],
    links: [{ href: '/account', label: 'Keep it' }],
  });
}

export interface RefundPage {
  readonly invoice: string;
  readonly reason?: string;
  readonly refusal: FormRefusal;
}

export const refundPage = ({ invoice, reason, refusal: { error, errors } }: RefundPage): string =>
  formPage({
    title: 'Request a refund',
    text: 'A person decides, and you get the answer by email. A full refund ends premium access for the period that it paid.',
    error: error ?? errors?.['invoice'],
    forms: [
      {
        action: '/account/refund',
        submit: 'Send the request',
        hidden: { invoice },
        fields: [
          {
            name: 'reason',
            label: 'Why do you want a refund?',
            type: 'text',
            autocomplete: 'off',
            value: reason,
            hint: 'At most 500 characters.',
            error: errors?.['reason'],
          },
        ],
      },
    ],
    links: [BACK],
  });
