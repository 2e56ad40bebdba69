"""The seed's VAE and train step in JAX, Flax and Optax: the baseline of the benchmarks."""
import os, sys, time, gzip, json, struct
import numpy as np
import jax, jax.numpy as jnp, optax, flax.linen as nn
def idx(p):
    with gzip.open(p) as f: b=f.read()
    nd=b[3]; sh=struct.unpack('>'+'I'*nd,b[4:4+4*nd]); return np.frombuffer(b,np.uint8,offset=4+4*nd).reshape(sh)
M=os.path.join(os.path.dirname(os.path.abspath(__file__)),'..','..','datasets','mnist','')
def mnist(): return idx(M+'train-images-idx3-ubyte.gz').reshape(-1,784), idx(M+'train-labels-idx1-ubyte.gz')
class FeedForward(nn.Module):
  dimensions: tuple=(256,128,64); activation_fn: object=nn.relu; drop_last_activation: bool=False
  @nn.compact
  def __call__(self,x):
    for i,d in enumerate(self.dimensions):
      x=nn.Dense(d)(x)
      if i!=len(self.dimensions)-1 or not self.drop_last_activation: x=self.activation_fn(x)
    return x
class VAE(nn.Module):
  encoder_dimensions: tuple=(256,128,64); decoder_dimensions: tuple=(128,256,784); latent_dim:int=4; activation_fn: object=nn.relu
  def setup(self):
    self.encoder=FeedForward(self.encoder_dimensions,self.activation_fn)
    self.pre_latent_proj=nn.Dense(self.latent_dim*2); self.post_latent_proj=nn.Dense(self.encoder_dimensions[-1])
    self.class_proj=nn.Dense(self.encoder_dimensions[-1]); self.decoder=FeedForward(self.decoder_dimensions,self.activation_fn)
  def encode(self,x):
    return jnp.split(self.pre_latent_proj(self.encoder(x)),2,axis=-1)
  def decode(self,x,c): return self.decoder(self.post_latent_proj(x)+self.class_proj(c))
  def __call__(self,x,c,key):
    m,lv=self.encode(x); z=jax.random.normal(key,m.shape)*jnp.exp(lv*.5)+m
    return self.decode(z,c),m,lv
def build(key,bs,lat=32,lr=1e-4,klw=.5):
  model=VAE(latent_dim=lat); opt=optax.adamw(lr)
  params=model.init(key,jnp.zeros((bs,784)),jnp.zeros((bs,10)),jax.random.PRNGKey(0)); st=opt.init(params)
  def loss_fn(p,x,c,key):
    c=jax.nn.one_hot(c,10); r,m,lv=model.apply(p,x,c,key)
    mse=optax.l2_loss(r,x).sum(axis=1).mean(); kl=jnp.mean(-.5*jnp.sum(1+lv-m**2-jnp.exp(lv),axis=1))
    return mse+klw*kl,(mse,kl)
  @jax.jit
  def step(p,s,x,c,key):
    (l,(a,b)),g=jax.value_and_grad(loss_fn,has_aux=True)(p,x,c,key)
    u,s=opt.update(g,s,p); return optax.apply_updates(p,u),s,l,a,b
  return model,step,params,st
