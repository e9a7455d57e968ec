using GptImage2.Mcp;

return await Entry.RunAsync(args);
