import { ADDRESS, PAGE, parameters } from '../../http/parameters';

export const CREATE = parameters({
  type: 'Stripe.PaymentMethodCreateParams',
  used: 'allow_redisplay metadata',
  only: { type: 'card sepa_debit' },
  nested: {
    billing_details: parameters({
      used: 'email name phone',
      nested: {
        address: ADDRESS,
      },
      unsupported: 'tax_id',
    }),
    card: parameters({
      used: 'exp_month exp_year number token',
      ignored: 'cvc',
      unsupported: 'networks',
    }),
    sepa_debit: parameters({
      used: 'iban',
    }),
  },
  unsupported: `
    acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_becs_debit bacs_debit bancontact
    billie bizum blik boleto cashapp crypto custom customer customer_balance eps fpx giropay grabpay
    ideal interac_present kakao_pay klarna konbini kr_card link mb_way mobilepay multibanco naver_pay
    nz_bank_account oxxo p24 pay_by_bank payco payment_method paynow paypal paypay payto pix promptpay
    radar_options revolut_pay samsung_pay satispay scalapay sequra sofort sunbit swish twint upi
    us_bank_account wechat_pay zip
  `,
});

export const UPDATE = parameters({
  type: 'Stripe.PaymentMethodUpdateParams',
  used: 'allow_redisplay metadata',
  nested: {
    billing_details: parameters({
      used: 'email name phone',
      nested: {
        address: ADDRESS,
      },
      unsupported: 'tax_id',
    }),
    card: parameters({
      used: 'exp_month exp_year',
      unsupported: 'networks',
    }),
  },
  unsupported: 'us_bank_account',
});

export const LIST = parameters({
  type: 'Stripe.PaymentMethodListParams',
  used: `allow_redisplay customer type ${PAGE}`,
  unsupported: 'customer_account',
});

export const LIST_OF_CUSTOMER = parameters({
  type: 'Stripe.CustomerListPaymentMethodsParams',
  used: `allow_redisplay type ${PAGE}`,
});

export const ATTACH = parameters({
  type: 'Stripe.PaymentMethodAttachParams',
  used: 'customer',
  unsupported: 'customer_account',
});

export const DETACH = parameters({
  type: 'Stripe.PaymentMethodDetachParams',
});
