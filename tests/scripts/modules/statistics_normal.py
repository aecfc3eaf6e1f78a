"""Quantiles of the normal distribution to the last digit, and the other statistics."""
import statistics as s
n=s.NormalDist(100,15)
for p in (0.001,0.01,0.1,0.25,0.5,0.7,0.9,0.975,0.999,1e-10,1-1e-10): print(n.inv_cdf(p), n.cdf(n.inv_cdf(p)))
print(n.quantiles(4), n.zscore(120), n.pdf(100), n.overlap(s.NormalDist(110,10)), n+n, n*2, n-5, n.mean,n.stdev,n.variance,n.mode,n.median, hash(n)==hash(s.NormalDist(100,15)), n)
print(s.mean([1]), s.fmean([1,2,4]), s.geometric_mean([1,2,4]), s.harmonic_mean([1,2,4]), s.median([1,3,2]), s.median_low([1,2,3,4]), s.median_grouped([1,2,2,3,4,4,4,4,4,5]), s.mode('aab'), s.multimode('aabb'), s.pstdev([1,2,3]), s.stdev([1,2,3,4]), s.variance([1.5,2.5]), s.quantiles([1,2,3,4,5]), s.covariance([1,2,3],[4,5,7]), s.correlation([1,2,3],[4,5,7]), s.linear_regression([1,2,3],[4,5,7]))
from fractions import Fraction as F
print(s.mean([F(1,2),F(1,3)]), s.variance([F(1,2),F(1,3)]), s.stdev([F(1,2),F(1,3)]), s.mean([1,2]), s.mean([1.5,F(1,2)]))
for f in (s.mean,s.median,s.mode,s.stdev,s.variance,s.fmean,s.harmonic_mean):
    try: print(f([]))
    except s.StatisticsError as e: print(e)
