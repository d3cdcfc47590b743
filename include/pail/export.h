/* What libpail.so shows to the programs that link it. Plain C. */
#ifndef PAIL_EXPORT_H
#define PAIL_EXPORT_H

#if defined(__GNUC__)
#define PAIL_API __attribute__((visibility("default")))
#else
#define PAIL_API
#endif

#endif /* PAIL_EXPORT_H */
