using GptImage2.Mcp.Hosting;

return await Start.RunAsync(args);
