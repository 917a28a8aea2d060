from PIL import Image
import numpy as np, io
o = ''  # run in this folder, with Pillow and NumPy
def draw(w,h):
    im=Image.new('RGB',(w,h),(200,40,30)); im.paste((20,90,220),(w//2,0,w,h)); im.paste((30,160,60),(0,0,w//4,h//4)); return im
im=draw(48,32)
im.save(o+'lossy.webp',quality=90); im.save(o+'lossless.webp',lossless=True)
a=im.copy(); al=Image.new('L',(48,32),255); al.paste(0,(24,0,48,32)); a.putalpha(al); a.save(o+'transparent.webp',quality=90)
im.save(o+'animated.webp',save_all=True,append_images=[draw(48,32).rotate(180)],duration=99)
ex=Image.Exif(); ex[0x0112]=6; im.save(o+'turned.webp',exif=ex,quality=90)
r=np.random.default_rng(3)
n=Image.fromarray(np.clip(np.asarray(Image.fromarray(r.integers(0,255,(7,9,3),dtype=np.uint8)).resize((75,51),Image.BICUBIC)).astype(int)+r.integers(-20,20,(51,75,3)),0,255).astype(np.uint8))
n.save(o+'restart.jpg',restart_marker_blocks=3,quality=85); n.save(o+'optimized.jpg',optimize=True,subsampling=0,quality=95); n.save(o+'halved.jpg',subsampling=1,quality=70); n.convert('L').save(o+'grey.jpg',quality=90)
