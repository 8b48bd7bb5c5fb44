# ssl under its old name, ussl: one module.
import ussl
import ssl

print(ussl is ssl, ussl.SSLContext is ssl.SSLContext)
