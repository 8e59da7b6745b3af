import { expect, it } from 'vitest';
import { parseTemplate } from './template.ts';

it.each([
  ['{{ value }}', undefined, 1],
  ['{{value|float}}', undefined, 1],
  ['{{ value_json.temperature }}', ['temperature'], 1],
  ['{{ value_json[\'ENERGY\']["Power"][1] }}', ['ENERGY', 'Power', '1'], 1],
  ["{{ value_json.get('power', 0) | float(0) | round(1) }}", ['power'], 1],
  ['{{- value_json.a.b | default(none) -}}', ['a', 'b'], 1],
  ['{{ value | float / 10 }}', undefined, 0.1],
  ['{{ (value_json.mv | float) * 0.001 }}', ['mv'], 0.001],
  ['{{ value_json.kwh | multiply(1000) }}', ['kwh'], 1_000],
])('%s', (template, path, factor) => {
  expect(parseTemplate(template)).toEqual({ path, factor });
});

it.each([
  '',
  'value',
  '{{ }}',
  '{{ value_json }}',
  '{{ value.x }}',
  '{{ states("sensor.x") }}',
  '{{ value_json.a + value_json.b }}',
  '{{ value_json.a * value_json.b }}',
  '{{ value_json.a | abs }}',
  '{{ 100 - value_json.a }}',
  '{% if value_json.a %}1{% endif %}',
  '{{ value_json.a }}{{ value_json.b }}',
  `{{ value_json${'.a'.repeat(9)} }}`,
])('does not guess what %s gives', (template) => {
  expect(parseTemplate(template)).toBeUndefined();
});
