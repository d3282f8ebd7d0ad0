require("express")().listen(1);
