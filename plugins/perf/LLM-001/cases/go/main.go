package main

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/google/generative-ai-go/genai"
	official "github.com/openai/openai-go"
	"github.com/sashabaranov/go-openai"
)

var client = openai.NewClient("key")
var other = official.NewClient()

func vector(ctx context.Context, text string) []float32 {
	answer, _ := client.CreateEmbeddings(ctx, openai.EmbeddingRequest{Model: "m", Input: []string{text}})
	return answer.Data[0].Embedding
}

func add(c *gin.Context) {
	chunks := c.QueryArray("chunk")
	for _, chunk := range chunks {
		client.CreateEmbeddings(c, openai.EmbeddingRequest{Model: "m", Input: []string{chunk}}) // finding: LLM-001
	}
	for _, chunk := range chunks {
		vector(c, chunk) // finding: LLM-001
	}
	for _, chunk := range chunks {
		other.Embeddings.New(c, official.EmbeddingNewParams{Model: "m", Input: input(chunk)}) // finding: LLM-001
	}
	google, _ := genai.NewClient(c)
	model := google.EmbeddingModel("embedding-001")
	for _, chunk := range chunks {
		model.EmbedContent(c, genai.Text(chunk)) // finding: LLM-001
	}
	// ok: all in one
	client.CreateEmbeddings(c, openai.EmbeddingRequest{Model: "m", Input: chunks})
	c.Status(http.StatusNoContent)
}

func main() {
	router := gin.Default()
	router.POST("/documents", add)
	router.Run()
}
