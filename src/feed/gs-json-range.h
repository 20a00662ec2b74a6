/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Finds where the parts of a JSON text begin and end, without building anything: for cutting a page
 * into its events and an event into its parts with every byte kept. Plain C, no allocation, no
 * recursion; reads len bytes at most. Strings are understood, everything else is only bracketed:
 * whether the text is JSON (RFC 8259) is judged by a real parser afterwards. Any thread. */

/* The deepest nesting of brackets outside strings. */
unsigned gs_json_depth (const char *text, size_t len);

/* From the array that begins at or after *pos (first call) or from behind the last element: the
 * next element's range. false at the end of the array, with *pos behind it, and at anything that is
 * no array, with *pos = (size_t) -1. Set *pos to 0 first. */
bool
gs_json_next_element (const char *text, size_t len, size_t *pos, size_t *start, size_t *length);

/* The range of a member's value in the object that begins at or after from; name is ASCII. The
 * first such member wins; a name written with escapes is recognised. */
bool gs_json_find_member (
  const char *text, size_t len, size_t from, const char *name, size_t *start, size_t *length);
