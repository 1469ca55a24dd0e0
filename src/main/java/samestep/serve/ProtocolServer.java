package samestep.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.text.Visible;
import tools.jackson.databind.json.JsonMapper;

/** A server of the Model Context Protocol on two streams, with one tool for each question that Samestep answers. */
public final class ProtocolServer {
    private static final String INSTRUCTIONS = """
            Samestep says whether two training configurations or programs take the same optimizer steps, and what to write so \
            that they do. When you port a training between frameworks: explain the original, write the port, then compare the \
            two. A number that is copied is often wrong (Caffe's weight_decay 0.0005 is 0.00025 in Keras' L2). Do not call a \
            port right before compare says "same_training": true; what it says is not known has to be looked at by a person.""";

    private final McpJsonMapper json = new JacksonMcpJsonMapper(JsonMapper.builder()
            .changeDefaultPropertyInclusion(old -> old.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build());
    private final List<Tool> tools;
    private final String version;

    /**
     * @param folders where clients may name files
     * @param version of the program
     */
    public ProtocolServer(ServedFolders folders, String version) {
        Configurations configurations = new Configurations(folders);
        this.tools = List.of(
                new ExplainTool(configurations),
                new CompareTool(configurations),
                new TranslateTool(configurations),
                new CheckTool(configurations),
                new FixTool(configurations),
                new FindingTool());
        this.version = version;
    }

    /** Answers until the input ends. Nothing else may be printed to the output. */
    public void serve(InputStream in, OutputStream out) throws InterruptedException {
        WatchedInput watched = new WatchedInput(in);
        McpSyncServer server = McpServer.sync(new StdioServerTransportProvider(json, watched, out))
                .serverInfo("samestep", version)
                .instructions(INSTRUCTIONS)
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build())
                .jsonMapper(json)
                // No tool declares a schema of its answers, so there is nothing to hold them against.
                .jsonSchemaValidator((schema, answer) -> JsonSchemaValidator.ValidationResponse.asValid(""))
                .tools(tools.stream().map(this::specification).toList())
                .build();
        watched.awaitEnd();
        server.closeGracefully();
    }

    private SyncToolSpecification specification(Tool tool) {
        McpSchema.Tool described = McpSchema.Tool.builder()
                .name(tool.name())
                .description(tool.description())
                .inputSchema(json, tool.schema())
                .annotations(new McpSchema.ToolAnnotations(
                        tool.name(), !tool.writes(), tool.writes(), !tool.writes(), false, false))
                .build();
        return SyncToolSpecification.builder()
                .tool(described)
                .callHandler((exchange, request) -> call(tool, request))
                .build();
    }

    private McpSchema.CallToolResult call(Tool tool, McpSchema.CallToolRequest request) {
        McpSchema.CallToolResult.Builder result = McpSchema.CallToolResult.builder();
        try {
            ToolArguments arguments =
                    new ToolArguments(Optional.ofNullable(request.arguments()).orElse(Map.of()));
            Tool.Answer answer = tool.call(arguments);
            result.addTextContent(answer.text()).isError(false);
            if (answer.isJson()) {
                result.structuredContent(json, answer.text());
            }
        } catch (ToolException e) {
            result.addTextContent(Visible.lines(String.valueOf(e.getMessage()))).isError(true);
        } catch (RuntimeException e) {
            result.addTextContent("this is a defect of Samestep, not of your file; please report it: "
                            + Visible.of(String.valueOf(e)))
                    .isError(true);
        }
        return result.build();
    }
}
