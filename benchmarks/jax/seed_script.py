"""The tutorial's whole script: PyTorch DataLoader, JAX step. usage: seed_script.py EPOCHS, with MNIST unpacked in data/MNIST/raw."""
import time; T0=time.perf_counter()
from vae_jax import *
import torch, torchvision.transforms as T
from torchvision.datasets import MNIST
from torch.utils.data import DataLoader
E=int(sys.argv[1])
ds=MNIST('data',train=True,transform=T.ToTensor(),download=False); dl=DataLoader(ds,batch_size=16,shuffle=True,drop_last=True)
key=jax.random.PRNGKey(0xffff); key,mk=jax.random.split(key); model,step,params,st=build(mk,16)
print('setup',time.perf_counter()-T0)
freq=100
for e in range(E):
  t=time.perf_counter(); tl=tm=tk=0.
  for i,(b,c) in enumerate(dl):
    key,sub=jax.random.split(key)
    b=b.numpy().reshape(16,784); c=c.numpy()
    params,st,l,m,k=step(params,st,b,c,sub); tl+=l; tm+=m; tk+=k
    if i>0 and not i%freq:
      if i in(100,200,3700): print(f'epoch {e} step {i} loss {tl/freq} mse {tm/freq} kl {tk/freq}')
      tl=tm=tk=0.
  l.block_until_ready(); print('epoch wall',time.perf_counter()-t,flush=True)
print('total',time.perf_counter()-T0)
