/** The API's own description, with references followed. Only what a form needs of it. */

let document_ = null;

export async function openApi(signal) {
  if (!document_) {
    const response = await fetch(new URL('v3/api-docs', document.baseURI), { signal });
    if (!response.ok) throw new Error('The API does not describe itself: ' + response.status);
    document_ = await response.json();
  }
  return document_;
}

/** @returns {schema, example} of the JSON body of POST path */
export async function bodyOf(path, signal) {
  const api = await openApi(signal);
  const content = api.paths[path].post.requestBody.content['application/json'];
  const example = content.example ?? Object.values(content.examples ?? {})[0]?.value;
  return { schema: simple(api, content.schema), example: typeof example === 'string' ? JSON.parse(example) : example };
}

/**
 * One of {kind: 'object', fields: [{name, required, schema}]}, {kind: 'choice', variants: [{type, fields}]},
 * {kind: 'list', item}, {kind: 'enum', values}, {kind: 'number' | 'boolean' | 'text', ...}.
 */
export function simple(api, schema) {
  const plain = resolve(api, schema);
  const told = { description: plain.description, standard: plain.default };
  if (plain.oneOf) {
    return { ...told, kind: 'choice', variants: plain.oneOf.map(it => variant(api, plain, it)) };
  }
  const type = Array.isArray(plain.type) ? plain.type.find(it => it !== 'null') : plain.type;
  if (plain.enum) return { ...told, kind: 'enum', values: plain.enum };
  if (type === 'array') return { ...told, kind: 'list', item: simple(api, plain.items) };
  if (type === 'integer' || type === 'number') {
    const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = plain;
    return { ...told, kind: 'number', whole: type === 'integer', bounds: { minimum, exclusiveMinimum, maximum, exclusiveMaximum } };
  }
  if (type === 'boolean') return { ...told, kind: 'boolean' };
  if (plain.properties) return { ...told, kind: 'object', fields: fields(api, plain) };
  return { ...told, kind: 'text', pattern: plain.pattern, format: plain.format };
}

function fields(api, schema, except) {
  return Object.entries(schema.properties ?? {}).filter(([name]) => name !== except).map(([name, it]) => ({
    name, required: (schema.required ?? []).includes(name), schema: simple(api, it),
  }));
}

function variant(api, choice, option) {
  const schema = resolve(api, option);
  return { type: typeOf(choice, option, schema), fields: fields(api, schema, 'type') };
}

/** What the discriminator says for it: by the mapping or the property itself; else by the schema's name, CnnSpec. */
function typeOf(choice, option, schema) {
  const mapped = Object.entries(choice.discriminator?.mapping ?? {}).find(([, ref]) => ref === option.$ref);
  if (mapped) return mapped[0];
  const property = schema.properties?.type;
  if (property?.const) return property.const;
  if (property?.enum?.length === 1) return property.enum[0];
  return option.$ref.split('/').pop().replace(/(Schedule)?Spec$/, '').toLowerCase();
}

/** Follows $ref, and makes one schema of allOf. */
function resolve(api, schema) {
  if (schema.$ref) {
    const target = schema.$ref.slice(2).split('/').reduce((at, part) => at[part], api);
    const { $ref, ...own } = schema;
    return { ...resolve(api, target), ...own };
  }
  if (!schema.allOf) return schema;
  return [...schema.allOf.map(it => resolve(api, it)), { ...schema, allOf: undefined }].reduce((all, it) => ({
    ...all, ...it, properties: { ...all.properties, ...it.properties }, required: [...(all.required ?? []), ...(it.required ?? [])],
  }), {});
}
