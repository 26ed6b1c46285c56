import express, { Router } from 'express';
import { createRequire } from 'node:module';
import path from 'node:path';

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Tertulia API</title><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div><script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body>
</html>`;
const START = `SwaggerUIBundle({ url: '/api/docs/openapi.json', dom_id: '#swagger-ui', deepLinking: true });`;
// The viewer writes style attributes; its scripts are files like any other.
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The REST part, readable and to be tried out, from the same schemas that check every request. */
export function apiDocs(): Router {
  const viewer = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const router = Router();
  router.use((_, response, next) => {
    response.setHeader('Content-Security-Policy', POLICY);
    next();
  });
  router.get('/', (_, response) => void response.type('html').send(PAGE));
  router.get('/start.js', (_, response) => void response.type('js').send(START));
  router.get('/openapi.json', (_, response, next) => {
    // Read when somebody asks: most servers never are.
    import('@tertulia/contract/documents').then(({ openApiDocument }) => response.json(openApiDocument()), next);
  });
  router.use(express.static(viewer, { index: false }));
  return router;
}
