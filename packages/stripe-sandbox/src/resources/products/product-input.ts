import type { Input } from '../../http/input';
import type { NewProduct } from './product';

/** Reads a new product: the body of a creation, or `product_data` inside another one. */
export function readProduct(input: Input): NewProduct {
  return {
    id: input.text('id'),
    name: input.requiredText('name'),
    active: input.flag('active'),
    description: input.text('description'),
    images: input.texts('images'),
    marketing_features: readFeatures(input),
    metadata: input.metadata(),
    shippable: input.flag('shippable'),
    statement_descriptor: input.text('statement_descriptor'),
    unit_label: input.text('unit_label'),
    url: input.text('url'),
  };
}

export function readFeatures(input: Input): Array<{ name: string }> {
  return input.maps('marketing_features').map((entry) => ({ name: entry.requiredText('name') }));
}
