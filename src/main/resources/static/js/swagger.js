/* Only this service's own document is ever loaded: the query of the address has no say (queryConfigEnabled), and there is no field for another one. */
/* global SwaggerUIBundle */

SwaggerUIBundle({
  url: new URL('v3/api-docs', document.baseURI).href,
  dom_id: '#swagger-ui',
  presets: [SwaggerUIBundle.presets.apis],
  queryConfigEnabled: false,
  validatorUrl: null,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  deepLinking: true,
  filter: true,
  tagsSorter: 'alpha',
});
