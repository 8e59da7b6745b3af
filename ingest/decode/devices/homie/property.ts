import { type Decoded, nothing, rejected } from '../../decoded.ts';
import { Gatherer, toNumber } from '../../measure.ts';
import type { Memory } from '../../memory.ts';
import { quantityOf } from '../../quantity.ts';
import type { Rule } from '../../rule.ts';
import { type Property, propertyOf, speakerOf } from './described.ts';

/** Properties that say nothing by themselves: the node is what is measured. */
const plain = /^(?:value|state|status|reading|measurement|level|degrees|percentage|detected)$/;
const unwritten = new Set(['string', 'color', 'datetime', 'duration', 'json']);

/** Whether values of a datatype can be figures of a rule; where no datatype is known, the value itself decides. */
const suits = ({ datatype }: Property, rule: Rule, value: string): boolean => {
  if (datatype === undefined) return rule.unit === 'bool' || toNumber(value) !== undefined;
  if (unwritten.has(datatype)) return false;
  return (datatype === 'boolean' || datatype === 'enum') === (rule.unit === 'bool');
};

/** The value of a property: what it is, is told by its name and by the unit that the device described. */
export const readProperty = (
  device: string,
  node: string,
  property: string,
  value: string,
  memory: Memory,
): Decoded => {
  const described = propertyOf(device, `${node}/${property}`, memory);
  const { unit } = described;
  const quantity =
    quantityOf({ name: `${node}/${property}`, unit }) ??
    (plain.test(property) ? quantityOf({ name: node, unit }) : undefined);
  if (quantity === undefined) return nothing;
  if ('why' in quantity) return rejected('not_understood', quantity.why);
  const rule: Rule = { ...quantity.rule, text: true };
  if (!suits(described, rule, value)) return nothing;
  const figure = `${rule.measurement} ${rule.field} ${rule.tags.phase ?? ''}`.trim();
  return new Gatherer().take({ device: speakerOf(device, node, figure, memory) }, rule, value).decoded();
};
