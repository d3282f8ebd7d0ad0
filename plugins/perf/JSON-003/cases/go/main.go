package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-playground/validator/v10"
	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/xeipuuv/gojsonschema"
)

var validate = validator.New()

type Order struct {
	Total int `validate:"required"`
}

func order(c *gin.Context) {
	var body Order
	c.ShouldBindJSON(&body)
	check := validator.New() // finding: JSON-003
	c.JSON(http.StatusOK, check.Struct(body) == nil)
}

func kept(c *gin.Context) {
	var body Order
	c.ShouldBindJSON(&body)
	c.JSON(http.StatusOK, validate.Struct(body) == nil) // ok: made once; mutate: s/validate.Struct/validator.New().Struct/
}

func checked(c *gin.Context) {
	result, _ := gojsonschema.Validate(gojsonschema.NewReferenceLoader("file:///order.json"), gojsonschema.NewGoLoader(c.Keys)) // finding: JSON-003
	c.JSON(http.StatusOK, result.Valid())
}

func drafted(c *gin.Context) {
	schema, _ := jsonschema.Compile("order.json") // finding: JSON-003
	c.JSON(http.StatusOK, schema.Validate(c.Keys) == nil)
}

func main() {
	router := gin.Default()
	router.POST("/orders", order)
	router.POST("/kept", kept)
	router.POST("/loaded", checked)
	router.POST("/compiled", drafted)
	router.Run()
}
