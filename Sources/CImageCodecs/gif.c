#include <stdlib.h>

#include <gif_lib.h>

#include "internal.h"

typedef struct Input {
  const uint8_t *bytes;
  size_t count;
} Input;

static int readBytes(GifFileType *gif, GifByteType *target, int count) {
  Input *input = gif->UserData;
  size_t length = (size_t)count < input->count ? (size_t)count : input->count;
  memcpy(target, input->bytes, length);
  input->bytes += length;
  input->count -= length;
  return (int)length;
}

static CImageCodecs_Status fail(GifFileType *gif, const char *text, CImageCodecs_Message message) {
  const char *own = text == NULL && gif != NULL ? GifErrorString(gif->Error) : text;
  CImageCodecs_say(message, own == NULL ? "cannot be decoded" : own);
  if (gif != NULL) DGifCloseFile(gif, NULL);
  return CImageCodecs_broken;
}

// Reads an extension; notes the palette's transparent entry where it is a graphics control.
static bool readExtension(GifFileType *gif, int *transparent) {
  int kind;
  GifByteType *block;
  if (DGifGetExtension(gif, &kind, &block) == GIF_ERROR) return false;
  while (block != NULL) {
    GraphicsControlBlock control;
    if (kind == GRAPHICS_EXT_FUNC_CODE && DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK) {
      *transparent = control.TransparentColor;
    }
    if (DGifGetExtensionNext(gif, &block) == GIF_ERROR) return false;
  }
  return true;
}

// Opens a file and reads up to the pixels of its first frame; says why and returns NULL where it has none.
static GifFileType *open(Input *input, int *transparent, CImageCodecs_Message message) {
  int error = 0;
  *transparent = NO_TRANSPARENT_COLOR;
  GifFileType *gif = DGifOpen(input, readBytes, &error);
  if (gif == NULL) {
    fail(NULL, GifErrorString(error), message);
    return NULL;
  }
  for (;;) {
    GifRecordType kind;
    const char *text = NULL;
    if (DGifGetRecordType(gif, &kind) == GIF_OK) {
      if (kind == EXTENSION_RECORD_TYPE && readExtension(gif, transparent)) continue;
      if (kind == IMAGE_DESC_RECORD_TYPE && DGifGetImageHeader(gif) == GIF_OK) return gif;
      if (kind == TERMINATE_RECORD_TYPE) text = "no frame";
    }
    fail(gif, text, message);
    return NULL;
  }
}

static uint32_t larger(int left, int right) { return (uint32_t)(left > right ? left : right); }

// The screen, grown where the first frame reaches beyond it, as browsers and Pillow grow it.
static CImageCodecs_Size sizeOf(const GifFileType *gif) {
  const GifImageDesc *frame = &gif->Image;
  if (frame->Width <= 0 || frame->Height <= 0) return (CImageCodecs_Size){0, 0};
  return (CImageCodecs_Size){larger(gif->SWidth, frame->Left + frame->Width),
                             larger(gif->SHeight, frame->Top + frame->Height)};
}

CImageCodecs_Status CImageCodecs_gifSize(const uint8_t *bytes, size_t count,
                                         CImageCodecs_Size *size, CImageCodecs_Message message) {
  Input input = {bytes, count};
  int transparent;
  CImageCodecs_say(message, "");
  GifFileType *gif = open(&input, &transparent, message);
  if (gif == NULL) return CImageCodecs_broken;
  *size = sizeOf(gif);
  DGifCloseFile(gif, NULL);
  return CImageCodecs_ok;
}

// Indices to colours; those that are transparent or not in the table leave the white that is there.
static void paint(const GifPixelType *indices, int count, const ColorMapObject *colours, int transparent,
                  uint8_t *rgb) {
  for (int x = 0; x < count; x++) {
    if (indices[x] == transparent || indices[x] >= colours->ColorCount) continue;
    const GifColorType *colour = &colours->Colors[indices[x]];
    rgb[3 * x] = colour->Red;
    rgb[3 * x + 1] = colour->Green;
    rgb[3 * x + 2] = colour->Blue;
  }
}

// The first row and the distance of rows of each pass (GIF89a, appendix E).
static const int passStarts[] = {0, 4, 2, 1}, passSteps[] = {8, 8, 4, 2};

static bool readRows(GifFileType *gif, const ColorMapObject *colours, int transparent, size_t width,
                     uint8_t *pixels, GifPixelType *row) {
  const GifImageDesc *frame = &gif->Image;
  int passes = frame->Interlace ? 4 : 1;
  for (int pass = 0; pass < passes; pass++) {
    int step = frame->Interlace ? passSteps[pass] : 1;
    for (int y = passStarts[pass]; y < frame->Height; y += step) {
      if (DGifGetLine(gif, row, frame->Width) == GIF_ERROR) return false;
      size_t place = (size_t)(frame->Top + y) * width + (size_t)frame->Left;
      paint(row, frame->Width, colours, transparent, pixels + 3 * place);
    }
  }
  return true;
}

CImageCodecs_Status CImageCodecs_gifDecode(const uint8_t *bytes, size_t count,
                                           CImageCodecs_Size size, uint8_t *pixels,
                                           CImageCodecs_Message message) {
  Input input = {bytes, count};
  int transparent;
  CImageCodecs_say(message, "");
  GifFileType *gif = open(&input, &transparent, message);
  if (gif == NULL) return CImageCodecs_broken;
  CImageCodecs_Size found = sizeOf(gif);
  if (found.width != size.width || found.height != size.height || found.width == 0) {
    return fail(gif, "two different sizes", message);
  }
  const ColorMapObject *colours = gif->Image.ColorMap != NULL ? gif->Image.ColorMap : gif->SColorMap;
  if (colours == NULL) return fail(gif, "no colour table", message);
  GifPixelType *row = malloc((size_t)gif->Image.Width);
  if (row == NULL) return fail(gif, "out of memory", message);
  memset(pixels, 255, (size_t)size.width * size.height * 3);
  bool complete = readRows(gif, colours, transparent, size.width, pixels, row);
  free(row);
  if (!complete) return fail(gif, NULL, message);
  DGifCloseFile(gif, NULL);
  return CImageCodecs_ok;
}
