/**
 * Scenario folders: from files to a {@link org.vipdrift.model.scenario.Scenario} and back.
 *
 * <p>{@link org.vipdrift.scenarios.file.ScenarioFolder} loads a folder and reports everything that
 * is wrong with it at once, each with a position and a suggestion. {@code YamlSource} turns text
 * into nodes, {@code YamlNode} and {@code YamlMap} read values and collect problems, {@code
 * ScenarioReader} reads the top, {@code SegmentReader}, {@code HostReader}, {@code ClientReader},
 * {@code TimelineReader}, {@code ActionReader} and {@code ExpectationReader} their parts. A reader
 * that meets a mistake goes on with a stand-in, so that one mistake hides no other; a scenario with
 * any error is never handed out.
 *
 * <p>{@link org.vipdrift.scenarios.file.PairScenario} makes a scenario from two keepalived.conf
 * files alone, {@link org.vipdrift.scenarios.file.ScenarioWriter} writes any scenario as a folder.
 *
 * <p>Deliberately absent: judging the keepalived.conf files of a folder, which is the business of
 * their parser in {@code model.config}.
 */
@NullMarked
package org.vipdrift.scenarios.file;

import org.jspecify.annotations.NullMarked;
