"""LMP, the learning platform of the Sectoral Excellence Centres: from an application to a certificate that anyone can verify."""
