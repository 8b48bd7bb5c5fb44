# %e %f %g: ties go up, digits beyond the shortest ones are zeros, long output gives way to %g.
for v in (0.0, 1.0, 0.5, 1.5, 2.5, 0.125, 0.35, 1.005, 9.9996, 123456.789, 1234567.5, 1e-7, 0.1, 1 / 3):
    print("%f %e %g|%.0f %.2f %.3f|%.0e %.3e|%.1g %.3g %.10g" % (v, v, v, v, v, v, v, v, v, v, v))
for v in (1e15, 1e22, 1e40, 1e100, 8.888e32, 1e-300):
    print("%f|%.2f|%e|%g|%.20g" % (v, v, v, v, v))
print("%.20f %.20e %.30g %.17g %.17f" % (0.1, 0.1, 0.1, 0.1 + 0.2, 0.1 + 0.2))
inf, nan = float("inf"), float("nan")
print("%f %F %e %E %g %G %+f %+f" % (inf, inf, nan, nan, -inf, -inf, inf, nan))
print("%E %G %F" % (1e-10, 1e-10, 1.5))
print("%+f % f %010.2f %-10.2f| %10.3e|" % (1.5, 1.5, -1.5, 1.5, 1.5))
print("{:.1%} {:%} {:.3} {:10.2f}| {:<8g}|{:+.1e} {:e}".format(0.255, 0.25, 1234.5678, 3.14159, 2.5, 3.14159, 1 << 70))
