package main

import (
	"context"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/gin-gonic/gin"
	official "github.com/openai/openai-go"
	"github.com/sashabaranov/go-openai"
)

var client = openai.NewClient("key")
var other = official.NewClient()
var claude = anthropic.NewClient()

func complete(ctx context.Context, prompt string) string {
	answer, _ := client.CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: "m"}) // finding: LLM-002
	return answer.Choices[0].Message.Content
}

func chat(c *gin.Context) {
	c.JSON(200, gin.H{"text": complete(c, c.Query("prompt"))})
}

func direct(c *gin.Context) {
	answer, err := other.Chat.Completions.New(c, official.ChatCompletionNewParams{Model: "m"}) // finding: LLM-002
	if err != nil {
		return
	}
	c.JSON(200, gin.H{"text": answer.Choices[0].Message.Content})
}

func ask(c *gin.Context) {
	message, _ := claude.Messages.New(c, anthropic.MessageNewParams{MaxTokens: 1024}) // finding: LLM-002
	c.String(200, message.Content[0].Text)
}

func few(c *gin.Context) {
	message, _ := claude.Messages.New(c, anthropic.MessageNewParams{MaxTokens: 20}) // ok: a few words; mutate: s/MaxTokens: 20}/MaxTokens: 2000}/
	c.String(200, message.Content[0].Text)
}

func main() {
	router := gin.Default()
	router.POST("/chat", chat)
	router.POST("/direct", direct)
	router.POST("/ask", ask)
	router.POST("/few", few)
	router.Run()
}
