// A file of its own, because our Content-Security-Policy runs no script that stands in a page.
window.SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'list',
  filter: true, // from 150 rows on it draws only those in sight, which the browser's own search does not find
  validatorUrl: null, // the badge would ask a server of somebody else
  supportedSubmitMethods: ['get', 'put', 'post', 'patch', 'delete'],
});
