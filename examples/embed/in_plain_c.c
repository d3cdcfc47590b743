#include <stdio.h>
#include <string.h>

#include <pail/pail.h>

int main(void) {
  char* text = NULL;
  pail_server* server = pail_start("{\"bucket\": [\"photos\"]}", &text);
  if (server == NULL) {
    fprintf(stderr, "%s\n", text);
    pail_free(text);
    return 1;
  }
  printf("pail %s on %s\n", pail_version(), pail_endpoint(server));
  int status = pail_control(server, "GET", "/spaces", NULL, &text);
  int is_right = status == 200 && strstr(text, "\"default\"") != NULL;
  pail_free(text);
  pail_stop(server);

  server = pail_start("{\"no-such-option\": 1}", &text);
  is_right = is_right && server == NULL && strstr(text, "no-such-option") != NULL;
  pail_free(text);
  return is_right ? 0 : 1;
}
