/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mends libcups 2.4 within this program. When a TLS connection breaks without a word, as that of a
 * desk that was killed or unplugged, its _httpTLSRead() looks at an errno of some earlier call,
 * takes the end for "try again" and reads for ever: the thread spins, and the job stays in
 * processing. It converts the error itself when errno is 0, so it gets one. */
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <sys/types.h>

typedef ssize_t (*RecordRecv) (void *session, void *data, size_t size);

/* Stands before GnuTLS' own, which libcups would call. */
ssize_t gnutls_record_recv (void *session, void *data, size_t size);

ssize_t
gnutls_record_recv (void *session, void *data, size_t size)
{
  static RecordRecv real;
  ssize_t got;

  if (real == NULL)
    real = (RecordRecv) dlsym (RTLD_NEXT, "gnutls_record_recv");
  got = real (session, data, size);
  if (got < 0)
    errno = 0;
  return got;
}
