"""Writes the images in this folder with Pillow; Java's encoder cannot make them.

Each is 48 x 32: left half (200, 40, 30), right half (20, 90, 220), as far as its format allows.

    python make_fixtures.py .
"""
import os
import sys

from PIL import Image, ImageOps

folder = sys.argv[1]
image = Image.new("RGB", (48, 32), (200, 40, 30))
image.paste((20, 90, 220), (24, 0, 48, 32))


def path(name):
    return os.path.join(folder, name)


image.convert("CMYK").save(path("cmyk.jpg"), quality=95)
image.save(path("progressive.jpg"), quality=95, progressive=True)

# YCCK: the first three components are the YCbCr of the inverse colours, and the Adobe segment says
# so. Pillow inverts whatever it writes as CMYK, so they are inverted beforehand.
y, cb, cr = ImageOps.invert(image).convert("YCbCr").split()
invert = lambda band: band.point(lambda v: 255 - v)
black = Image.new("L", image.size, 0)
Image.merge("CMYK", (invert(y), invert(cb), invert(cr), black)).save(path("ycck.jpg"), quality=95)
data = bytearray(open(path("ycck.jpg"), "rb").read())
data[data.index(b"Adobe") + 11] = 2
open(path("ycck.jpg"), "wb").write(data)
print("ycck", Image.open(path("ycck.jpg")).convert("RGB").getpixel((5, 5)))
print("cmyk", Image.open(path("cmyk.jpg")).convert("RGB").getpixel((5, 5)))
