/** The API's own JSON Schema of a job, with references followed. Only what a form needs of it. */

let document_ = null;

/** @returns {schema, example} of a job */
export async function jobSpec(signal) {
  if (!document_) {
    const response = await fetch(new URL('api/v1/schemas/job-spec.json', document.baseURI), { signal });
    if (!response.ok) throw new Error('The API does not say what a job is: ' + response.status);
    document_ = await response.json();
  }
  return { schema: simple(document_), example: document_.examples[0] };
}

/**
 * One of {kind: 'object', fields: [{name, required, schema}]}, {kind: 'choice', variants: [{type, fields}]},
 * {kind: 'list', item}, {kind: 'enum', values}, {kind: 'number' | 'boolean' | 'text', ...}.
 */
function simple(schema) {
  const plain = resolve(schema);
  const told = { description: plain.description, standard: plain.default, example: plain.examples?.[0] };
  if (plain.oneOf) return { ...told, kind: 'choice', variants: plain.oneOf.map(variant) };
  const type = Array.isArray(plain.type) ? plain.type.at(-1) : plain.type;
  if (plain.enum) return { ...told, kind: type === 'integer' ? 'number' : 'enum', whole: true, bounds: {}, values: plain.enum };
  if (type === 'array') return { ...told, kind: 'list', item: simple(plain.items) };
  if (type === 'integer' || type === 'number') {
    const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = plain;
    return { ...told, kind: 'number', whole: type === 'integer', bounds: { minimum, exclusiveMinimum, maximum, exclusiveMaximum } };
  }
  if (type === 'boolean') return { ...told, kind: 'boolean' };
  if (plain.properties) return { ...told, kind: 'object', fields: fields(plain) };
  return { ...told, kind: 'text', pattern: plain.pattern };
}

/** What is only written, such as $schema, is for files. */
function fields(schema, except) {
  return Object.entries(schema.properties).filter(([name, it]) => name !== except && !it.writeOnly).map(([name, it]) => ({
    name, required: (schema.required ?? []).includes(name), schema: simple(it),
  }));
}

function variant(option) {
  const schema = resolve(option);
  return { type: schema.properties.type.const, fields: fields(schema, 'type') };
}

/** What stands beside a reference goes before what it refers to. */
function resolve({ $ref, ...own }) {
  return $ref ? { ...resolve(document_.$defs[$ref.split('/').pop()]), ...own } : own;
}
