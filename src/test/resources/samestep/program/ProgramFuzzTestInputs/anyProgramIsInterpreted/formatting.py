name = "res%d_%s" % (2, "a")
other = "{}-{:.3f}-{x}".format("wd", 0.00051234, x=1)
f = f"{name}/{1e-4:g}/{3:03d}/{0.1 + 0.2}"
parts = "a,b,c".split(",")
joined = "/".join(parts).upper()
stem = "model.h5".replace(".h5", "")
flag = "bn" in "conv_bn" and name.startswith("res")
number = float("1e-3") + int("2")
half = 0.0005 / 2
third = 1 / 3
floor = 7 // 2
power = 2 ** 10
ratio = 5 % 3
