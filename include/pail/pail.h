/* An S3 server inside a process, in plain C, for every language that can call C.
 *
 *   char* error = NULL;
 *   pail_server* server = pail_start("{\"bucket\": [\"photos\"]}", &error);
 *   if (server == NULL) { puts(error); pail_free(error); return 1; }
 *   use(pail_endpoint(server));
 *   pail_stop(server);
 *
 * All functions are thread-safe; several servers may run side by side. Texts are UTF-8 and end with
 * a zero. What a function hands out as `char*` belongs to the caller and goes back with
 * pail_free(); what it hands out as `const char*` lives as long as its server.
 */
#ifndef PAIL_PAIL_H
#define PAIL_PAIL_H

#include "pail/export.h"

/* Grows when something is added; programs built against an older one go on to work. */
#define PAIL_ABI_VERSION 1

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pail_server pail_server;

/* The PAIL_ABI_VERSION of the library. */
PAIL_API int pail_abi_version(void);
/* As `pail version` prints it. */
PAIL_API const char* pail_version(void);

/* Starts a server; when this returns, requests are answered. `options` is a JSON object with the
 * settings of `pail serve --help` by their names, lists as arrays and switches as true or false:
 *
 *   {"data": "./.pail", "listen": ["127.0.0.1:0"], "bucket": ["photos", "assets:public-read"],
 *    "credential": ["ID:SECRET"], "region": "eu-central-1"}
 *
 * or NULL for none. Left out, the data lies in memory, a free port of 127.0.0.1 is listened on and
 * 10,000 requests are remembered; neither the environment nor pail.toml is read. Returns NULL if it
 * cannot start, and in `error` (which may be NULL) a sentence for people. */
PAIL_API pail_server* pail_start(const char* options, char** error);

/* Lets running requests finish for two seconds at most, then ends. NULL does nothing. */
PAIL_API void pail_stop(pail_server* server);

/* "http://127.0.0.1:41234": of the first address listened on. */
PAIL_API const char* pail_endpoint(const pail_server* server);
/* What lets clients use the control interface over HTTP. */
PAIL_API const char* pail_control_token(const pail_server* server);

/* Carries out a call of the control interface (docs/openapi.json) without HTTP: everything that a
 * test can ask of a server. `method` is "GET", "PUT" ..., `target` the path below "/_pail" with its
 * query ("/clock?space=one"), `body` JSON or NULL. Returns the HTTP status, and in `reply` (which
 * may be NULL) the body of the answer. */
PAIL_API int pail_control(pail_server* server, const char* method, const char* target,
                          const char* body, char** reply);

/* NULL does nothing. */
PAIL_API void pail_free(char* text);

#ifdef __cplusplus
}
#endif

#endif /* PAIL_PAIL_H */
