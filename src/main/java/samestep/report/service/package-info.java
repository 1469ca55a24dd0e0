/** Findings of a check in the forms of services: GitHub, GitLab, Azure Pipelines, reviewdog, and whatever shows JUnit's reports. */
@NullMarked
package samestep.report.service;

import org.jspecify.annotations.NullMarked;
