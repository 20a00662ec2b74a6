/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-document-text.h"

#include <glib/gi18n.h>

typedef struct
{
  GsSign sign;
  const char *title;
  const char *next;
} Words;

static const Words headlines[] = {
  [GS_DOCUMENT_GENUINE] = { GS_SIGN_SUCCESSFUL, N_ ("Genuine"),
                            N_ ("The data are the issuer’s, and the chip is no copy.") },
  [GS_DOCUMENT_UNALTERED] = { GS_SIGN_UNDETERMINED, N_ ("Unaltered, copy not excluded"),
                              N_ ("This chip cannot prove itself. Look at the page by hand.") },
  [GS_DOCUMENT_COPY] = { GS_SIGN_FAILED, N_ ("A copy"),
                         N_ ("The chip lacks the issuer’s key. Send to the second line.") },
  [GS_DOCUMENT_ALTERED] = { GS_SIGN_FAILED, N_ ("Altered"),
                            N_ ("The chip’s data are not what was signed. Send to the second "
                                "line.") },
  [GS_DOCUMENT_SIGNATURE_WRONG] = { GS_SIGN_FAILED, N_ ("Signature wrong"),
                                    N_ ("The issuer did not sign this. Send to the second "
                                        "line.") },
  [GS_DOCUMENT_SIGNER_REFUSED] = { GS_SIGN_FAILED, N_ ("Signer not of that state"),
                                   N_ ("No known authority of the state has signed. Send to the "
                                       "second line.") },
  [GS_DOCUMENT_SIGNER_REVOKED] = { GS_SIGN_FAILED, N_ ("Signer revoked"),
                                   N_ ("The state took the signer back. Send to the second "
                                       "line.") },
  [GS_DOCUMENT_SIGNER_PERIOD] = { GS_SIGN_FAILED, N_ ("Signed outside the signer’s time"),
                                  N_ ("Look at the document by hand.") },
  [GS_DOCUMENT_ISSUER_DIFFERS] = { GS_SIGN_FAILED, N_ ("Signed by another state"),
                                   N_ ("Chip and signer name different states. Send to the second "
                                       "line.") },
  [GS_DOCUMENT_FILES_DIFFER] = { GS_SIGN_FAILED, N_ ("Chip’s lists disagree"),
                                 N_ ("Look at the document by hand.") },
  [GS_DOCUMENT_PAGE_DIFFERS] = { GS_SIGN_FAILED, N_ ("Page and chip differ"),
                                 N_ ("Compare the page with the chip. Send to the second line.") },
  [GS_DOCUMENT_GATE_DIFFERS] = { GS_SIGN_FAILED, N_ ("Not what the gate saw"),
                                 N_ ("Another document was used at the gate. Send to the second "
                                     "line.") },
  [GS_DOCUMENT_NOT_OPENED] = { GS_SIGN_FAILED, N_ ("Chip does not open"),
                               N_ ("Swipe the MRZ again. If it stays so, look at the document by "
                                   "hand.") },
  [GS_DOCUMENT_EXPIRED] = { GS_SIGN_FAILED, N_ ("Expired"),
                            N_ ("Check the date on the page. Ask for another document.") },
  [GS_DOCUMENT_ZONE_WRONG] = { GS_SIGN_FAILED, N_ ("MRZ wrong"),
                               N_ ("Swipe the MRZ again, then look at the page by hand.") },
  [GS_DOCUMENT_INCOMPLETE] = { GS_SIGN_ABORTED, N_ ("Not read to the end"),
                               N_ ("No verdict on the document. Lay it down again.") },
  [GS_DOCUMENT_SIGNER_UNKNOWN] = { GS_SIGN_UNDETERMINED, N_ ("Signer unknown"),
                                   N_ ("No authority of that state is known here. Look at the "
                                       "document by hand.") },
  [GS_DOCUMENT_NO_AUTHORITY] = { GS_SIGN_UNDETERMINED, N_ ("No authority known"),
                                 N_ ("This desk’s trust store is empty. Tell the administrator; "
                                     "look at the document by hand.") },
  [GS_DOCUMENT_UNDETERMINED] = { GS_SIGN_UNDETERMINED, N_ ("Not to be told"),
                                 N_ ("A check could not be decided. Look at the document by "
                                     "hand.") },
};

static const Words states[] = {
  [GS_DOCUMENT_DESK_NO_SERVICE] = { GS_SIGN_FAILED, N_ ("No reader service"),
                                    N_ ("Chips cannot be read. Tell the administrator; the MRZ "
                                        "still works.") },
  [GS_DOCUMENT_DESK_NO_READER] = { GS_SIGN_FAILED, N_ ("Chip reader away"),
                                   N_ ("Plug it in. The MRZ still works.") },
  [GS_DOCUMENT_DESK_NOT_SIGNED_IN] = { GS_SIGN_NOT_KNOWN, N_ ("Document waits"),
                                       N_ ("Sign in before a document is read.") },
  [GS_DOCUMENT_DESK_WANTS_ZONE] = { GS_SIGN_WARNING, N_ ("Swipe the MRZ"),
                                    N_ ("Swipe the MRZ: it opens the chip.") },
  [GS_DOCUMENT_DESK_READING] = { GS_SIGN_LIVE, N_ ("Reading the chip"),
                                 N_ ("Leave the document on the reader.") },
  [GS_DOCUMENT_DESK_JUDGING] = { GS_SIGN_LIVE, N_ ("Checking the document"),
                                 N_ ("The document may be taken.") },
  [GS_DOCUMENT_DESK_OTHER] = { GS_SIGN_WARNING, N_ ("Another document on the reader"),
                               N_ ("It is read as soon as this case is done. Nothing was "
                                   "changed.") },
  [GS_DOCUMENT_DESK_NO_CROSSING] = { GS_SIGN_WARNING, N_ ("No crossing of this document"),
                                     N_ ("Perhaps another passport was used at the gate.") },
  [GS_DOCUMENT_DESK_WRONG_ZONE] = { GS_SIGN_FAILED, N_ ("This MRZ does not open the chip"),
                                    N_ ("Swipe the MRZ of the document that lies on the "
                                        "reader.") },
  [GS_DOCUMENT_DESK_TAKEN_AWAY] = { GS_SIGN_ABORTED, N_ ("Taken away too early"),
                                    N_ ("Lay the document down again and leave it there.") },
  [GS_DOCUMENT_DESK_CANCELLED] = { GS_SIGN_ABORTED, N_ ("Reading cancelled"),
                                   N_ ("Nothing of it is kept.") },
  [GS_DOCUMENT_DESK_MUTE] = { GS_SIGN_ABORTED, N_ ("Chip silent"),
                              N_ ("Turn the document over or open it. If it stays silent, look at "
                                  "it by hand.") },
  [GS_DOCUMENT_DESK_IN_USE] = { GS_SIGN_WARNING, N_ ("Reader in use"),
                                N_ ("Another program has the chip. Close it.") },
  [GS_DOCUMENT_DESK_SILENT] = { GS_SIGN_ABORTED, N_ ("Chip stopped answering"),
                                N_ ("Lift the document and lay it down again.") },
  [GS_DOCUMENT_DESK_BROKEN] = { GS_SIGN_ABORTED, N_ ("Reading broke off"),
                                N_ ("Lay the document down again.") },
};

static const Words *
words_of (const Words *table, gsize n, guint index)
{
  static const Words nothing = { GS_SIGN_NONE, NULL, NULL };

  return index < n && table[index].title != NULL ? &table[index] : &nothing;
}

#define HEADLINE(index) words_of (headlines, G_N_ELEMENTS (headlines), (guint) (index))
#define STATE(index) words_of (states, G_N_ELEMENTS (states), (guint) (index))

static const char *
translate (const char *text)
{
  return text != NULL ? _ (text) : NULL;
}

const char *
gs_document_text_headline (GsDocumentHeadline headline)
{
  return translate (HEADLINE (headline)->title);
}

GsSign
gs_document_text_sign (GsDocumentHeadline headline)
{
  return HEADLINE (headline)->sign;
}

const char *
gs_document_text_next (GsDocumentHeadline headline)
{
  return translate (HEADLINE (headline)->next);
}

gboolean
gs_document_text_is_of_chip (GsDocumentHeadline headline)
{
  return headline != GS_DOCUMENT_EXPIRED && headline != GS_DOCUMENT_ZONE_WRONG
         && headline != GS_DOCUMENT_PAGE_DIFFERS && headline != GS_DOCUMENT_GATE_DIFFERS;
}

const char *
gs_document_text_state (GsDocumentDeskState state)
{
  return translate (STATE (state)->title);
}

const char *
gs_document_text_state_next (GsDocumentDeskState state)
{
  return translate (STATE (state)->next);
}

GsSign
gs_document_text_state_sign (GsDocumentDeskState state)
{
  return STATE (state)->sign;
}

static const char *
reading_file (GsChipFile file)
{
  switch (file)
    {
    case GS_CHIP_FILE_DG1:
      return _ ("Reading the personal data");
    case GS_CHIP_FILE_DG2:
      return _ ("Reading the picture");
    case GS_CHIP_FILE_DG11:
      return _ ("Reading the name");
    case GS_CHIP_FILE_SOD:
      return _ ("Reading the signature");
    default:
      return _ ("Reading the chip");
    }
}

char *
gs_document_text_progress (const GsChipProgress *progress)
{
  switch (progress->stage)
    {
    case GS_CHIP_STAGE_CONNECT:
    case GS_CHIP_STAGE_ACCESS:
      return g_strdup (_ ("Opening the chip"));
    case GS_CHIP_STAGE_CHIP_AUTHENTICATION:
    case GS_CHIP_STAGE_ACTIVE_AUTHENTICATION:
      return g_strdup (_ ("Asking the chip to prove itself"));
    case GS_CHIP_STAGE_FILE:
      break;
    default:
      return g_strdup (_ ("Reading the chip"));
    }
  if (progress->size < 2048)
    return g_strdup (reading_file (progress->file));
  /* Translators: what is read, then how much of how much. */
  return g_strdup_printf (_ ("%s, %u of %u kB"), reading_file (progress->file),
                          (guint) ((progress->done + 512) / 1024),
                          (guint) ((progress->size + 512) / 1024));
}
