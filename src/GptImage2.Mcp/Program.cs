using GptImage2.Mcp.Hosting;

return await Entry.RunAsync(args);
